/// The published language of Hubline: what the services tell one another, and on which topic.
///
/// An **event** is a fact in the past tense, on a topic keyed so that all events of one thing stay in
/// order. A **state** record is the whole current value of one thing on a compacted topic, with a sequence
/// number: a reader applies it only when the sequence is higher than the last one it applied. Every other
/// word is defined in design section 9.
///
/// Nothing here depends on anything but the JDK and JSpecify, so that reading a topic drags no framework
/// along.
@NullMarked
package io.hubline.contracts;

import org.jspecify.annotations.NullMarked;
