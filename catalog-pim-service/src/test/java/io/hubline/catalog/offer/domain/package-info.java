/// Tests of the rules.
@NullMarked
package io.hubline.catalog.offer.domain;

import org.jspecify.annotations.NullMarked;
