/// Tests of the demo's own judgement.
@NullMarked
package io.hubline.sandbox.demo;

import org.jspecify.annotations.NullMarked;
