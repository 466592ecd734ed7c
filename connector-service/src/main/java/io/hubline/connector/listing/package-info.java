/// What buyers read and pay at the channels.
///
/// A **listing** is an offer's content as the catalogue wants it. What is written is a **page**: one
/// product at one account with all its variants, since channels take them together. As with numbers, a
/// newer content replaces an older, and retry, reconciliation after an outage and "is it live?" are one
/// mechanism: a page is taken while any of its listings differs from what the channel answered for, or is
/// taken and not yet seen.
///
/// What a channel rejects stays visible with its issues, and is written again when its content changes or a
/// person says so.
@NullMarked
package io.hubline.connector.listing;

import org.jspecify.annotations.NullMarked;
