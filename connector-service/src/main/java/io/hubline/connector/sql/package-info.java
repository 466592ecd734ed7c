/// Plain SQL, for the packages named `persistence`. It joins the transaction it is called in.
@NullMarked
package io.hubline.connector.sql;

import org.jspecify.annotations.NullMarked;
