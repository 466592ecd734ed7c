/// How everything is written as JSON, on the wire, in the outbox and at the HTTP edge alike.
@NullMarked
package io.hubline.kit.json;

import org.jspecify.annotations.NullMarked;
