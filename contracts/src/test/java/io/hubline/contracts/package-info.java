/// Guards of the published language: golden files, names, topics, money.
@NullMarked
package io.hubline.contracts;

import org.jspecify.annotations.NullMarked;
