/// The catalogue as a CSV sheet: one row per variant.
///
/// A sheet is read once from its start to its end and applied in batches, each a transaction of its own, so
/// that its size costs no memory. It is applied by content: what stands already is left alone, and a sheet
/// that was cut short is simply sent again. There is no rule here about products or offers, hence no
/// `domain`: a row becomes a patch and wishes, and the two features judge them.
@NullMarked
package io.hubline.catalog.sheet;

import org.jspecify.annotations.NullMarked;
