/// The seller's accounts, from configuration. Their secrets come from there as well, and go to adapters
/// only.
@NullMarked
package io.hubline.connector.account;

import org.jspecify.annotations.NullMarked;
