@NullMarked
package io.hubline.connector.inbound.domain;

import org.jspecify.annotations.NullMarked;
