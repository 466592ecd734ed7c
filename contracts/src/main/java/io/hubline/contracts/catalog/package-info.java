/// What the catalogue announces: the offers, each one sellable entry at a channel.
@NullMarked
package io.hubline.contracts.catalog;

import org.jspecify.annotations.NullMarked;
