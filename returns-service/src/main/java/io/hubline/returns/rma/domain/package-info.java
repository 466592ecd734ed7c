/// The rules of returns, with the JDK alone. [RmaMachine] is a pure function from a return, what was sold,
/// and a command to the return after it and what is to be told. Words: an **RMA** is one return; a **unit**
/// is one piece of one order line, named by its number within the line, from 0; a **restock** is units that
/// went back to stock in one step; a **refund** is money for units, told to the channel once.
@NullMarked
package io.hubline.returns.rma.domain;

import org.jspecify.annotations.NullMarked;
