@NullMarked
package io.hubline.connector.quota.domain;

import org.jspecify.annotations.NullMarked;
