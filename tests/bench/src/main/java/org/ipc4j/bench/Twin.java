// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the loop of {@code bench.c} that does what a benchmark does. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Twin {
    /** The loop's name. */
    String value();
}
