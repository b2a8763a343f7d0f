// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.stream;

import org.ipc4j.NamedObject;

/** A writing end of a {@link NamedPipe}. */
public interface NamedPipeWriter extends NamedObject, PipeWriter {}
