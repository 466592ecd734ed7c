/// The rate limits of the channels: one bucket per account and operation, shared by all replicas through
/// Redis.
///
/// Redis is never the truth: a lost bucket starts empty, so losing it costs time and never runs into the
/// channel's limit. While Redis is away each replica keeps a bucket of its own, with a share of the rate.
@NullMarked
package io.hubline.connector.quota;

import org.jspecify.annotations.NullMarked;
