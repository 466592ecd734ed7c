/// The accounts, for a person to look at: without their settings.
@NullMarked
package io.hubline.connector.account.api;

import org.jspecify.annotations.NullMarked;
