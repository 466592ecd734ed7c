/// What makes an offer sound, and which offers can stand beside one another.
@NullMarked
package io.hubline.catalog.offer.domain;

import org.jspecify.annotations.NullMarked;
