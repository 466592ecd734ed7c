/// What the returns service announces: goods on their way back, and money on its way to the buyer. Every
/// event carries the whole truth of its return (ReturnFacts).
@NullMarked
package io.hubline.contracts.returns;

import org.jspecify.annotations.NullMarked;
