@NullMarked
package io.hubline.connector.sync.domain;

import org.jspecify.annotations.NullMarked;
