// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/** Shell scripts whose processes meet at a file. */
@Timeout(120)
class FileVerbsIT {
    @TempDir private Path directory;

    private Ipc.Result run(String provider, String script, String expected) throws Exception {
        String start = "ipc() { command ipc \"$@\" --provider " + provider + "; }; ";
        Ipc.Result result = Ipc.shell(directory, start + script);
        assertEquals(expected, result.out(), result::toString);
        return result;
    }

    /** A script in which {@code $P} is the provider. */
    private Ipc.Result shell(String provider, String script) throws Exception {
        return Ipc.shell(directory, "P=" + provider + "; " + script);
    }

    /** As {@code flock(1)} is used; the option of the provider is before what is run. */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void commandsRunOneAtATime(String provider) throws Exception {
        Ipc.Result result =
                shell(
                        provider,
                        """
                        echo 0 > count
                        add='n=$(cat count); sleep 0.05; echo $((n + 1)) > count'
                        for i in 1 2 3 4 5 6; do
                        ipc file lock --provider $P lock -- sh -c "$add" & done; wait
                        cat count; ipc file lock --provider $P lock -- sh -c 'exit 7'; echo $?
                        """);
        assertEquals("6\n7\n", result.out(), result::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aLockLastsAsLongAsStandardInput(String provider) throws Exception {
        Ipc.Result result =
                run(
                        provider,
                        """
                        mkfifo hold; ipc file lock lock < hold > out & exec 3> hold
                        until grep -q locked out; do sleep 0.05; done
                        ipc file lock lock --timeout 0; echo $?
                        exec 3>&-; wait
                        ipc file lock lock --timeout 0 < /dev/null; echo $?
                        """,
                        "3\nlocked\n0\n");
        assertTrue(result.err().contains("no lock"), result::toString);
    }

    @Test
    void theHolderIsTold() throws Exception {
        Ipc.Result result =
                run(
                        "posix",
                        """
                        mkfifo hold; command ipc file lock lock < hold > out & holder=$!; exec 3> hold
                        until grep -q locked out; do sleep 0.05; done
                        ipc file lock lock --timeout 10ms 2>&1 | grep -c "that of process $holder "
                        exec 3>&-; wait
                        """,
                        "1\n");
        assertEquals("", result.err(), result::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aKilledHolderIsFollowed(String provider) throws Exception {
        Ipc.Result result =
                shell(
                        provider,
                        """
                        mkfifo hold; exec 3<> hold
                        ipc file lock lock --provider $P < hold > out & holder=$!
                        until grep -q locked out; do sleep 0.05; done
                        (ipc file lock lock --provider $P --timeout 60s < /dev/null) & kill -9 $holder
                        wait $!; echo $?
                        """);
        assertEquals("locked\n0\n", result.out(), result::toString);
    }

    /** Asked to end, it asks its command, and has the lock until that has ended. */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void whoIsTerminatedEndsItsCommandFirst(String provider) throws Exception {
        Ipc.Result result =
                shell(
                        provider,
                        """
                        run='trap "sleep 0.3; echo done > end; exit" TERM; echo > begun; while :; do sleep 0.05; done'
                        ipc file lock lock --provider $P -- sh -c "$run" & holder=$!
                        until [ -e begun ]; do sleep 0.05; done; kill $holder
                        ipc file lock lock --provider $P -- cat end; wait $holder; echo $?
                        """);
        assertEquals("done\n143\n", result.out(), result::toString);
    }

    /** The command may ask as soon as it runs, which is before its start is known. */
    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void whoIsTerminatedByItsCommandEndsItToo(String provider) throws Exception {
        Ipc.Result result =
                shell(
                        provider,
                        """
                        run='trap "echo done; exit" TERM; kill $PPID; while :; do sleep 0.05; done'
                        for i in 1 2 3 4 5; do ipc file lock --provider $P lock -- sh -c "$run"; echo $?; done
                        """);
        assertEquals("done\n143\n".repeat(5), result.out(), result::toString);
        assertEquals("", result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void versionsArriveWhole(String provider) throws Exception {
        run(
                provider,
                """
                head -c 3M /dev/urandom > in; G=$(ipc file publish file in); ipc file read file | cmp - in && echo same
                (ipc file read file out --after $G --timeout 60s; cat out) & echo second | ipc file publish file > g; wait
                ipc file watch file --timeout 0 | tee seen | wc -l; [ "$(cat g) 7" = "$(cat seen)" ] && echo seen
                ls -A
                """,
                """
                same
                second
                1
                seen
                .file.ipc4j-lock
                file
                g
                in
                out
                seen
                """);
    }

    @Test
    void providersAndOtherProgramsMeet() throws Exception {
        run(
                "posix",
                """
                G=$(echo ours | ipc file publish file)
                (command ipc file read file --provider jvm --after $G --timeout 60s) &
                echo theirs > new; mv new file; wait; cat file
                """,
                "theirs\ntheirs\n");
    }
}
