// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ipc4j.cli.CommandFailure;
import org.ipc4j.cli.ExitStatus;
import org.junit.jupiter.api.Test;

class PatienceTest {
    @Test
    void waitsAsLongAsTheOtherLives() throws Exception {
        int[] attempts = {0};
        new Patience(() -> true).until(time -> ++attempts[0] == 5);
        assertEquals(5, attempts[0]);
    }

    @Test
    void triesOnceMoreWhenTheOtherHasEnded() throws Exception {
        int[] attempts = {0};
        new Patience(() -> false).until(time -> ++attempts[0] == 2);
        assertEquals(2, attempts[0]);
    }

    @Test
    void givesUpWhenTheOtherHasEnded() {
        CommandFailure failure =
                assertThrows(
                        CommandFailure.class, () -> new Patience(() -> false).until(time -> false));
        assertEquals(ExitStatus.PEER_CLOSED, failure.status());
    }
}
