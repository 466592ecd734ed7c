/// How the quantity of an offer comes about, with the JDK alone.
@NullMarked
package io.hubline.inventory.availability.domain;

import org.jspecify.annotations.NullMarked;
