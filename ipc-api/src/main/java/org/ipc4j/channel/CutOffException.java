// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.channel;

import org.ipc4j.IpcException;
import org.ipc4j.IpcName;

/**
 * Thrown to a {@link Subscriber} that did not keep up with a topic that {@linkplain
 * SlowSubscriber#CUT_OFF cuts off}.
 */
public class CutOffException extends IpcException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param name the topic's name
     * @param message what happened and what to do about it, without the name
     */
    public CutOffException(IpcName name, String message) {
        super(name, message);
    }
}
