/// Tests of the rules.
@NullMarked
package io.hubline.routing.plan.domain;

import org.jspecify.annotations.NullMarked;
