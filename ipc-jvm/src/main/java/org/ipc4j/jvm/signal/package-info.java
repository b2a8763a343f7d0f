// SPDX-License-Identifier: Apache-2.0

/** Signals as far as plain Java has them: by {@code ProcessHandle} and the JDK's dispatcher. */
package org.ipc4j.jvm.signal;
