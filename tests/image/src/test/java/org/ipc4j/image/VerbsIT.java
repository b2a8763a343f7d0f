// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Shell scripts whose processes meet at one object. */
@Timeout(120)
class VerbsIT {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir private Path directory;

    private final String name =
            "ipc-image-it-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    /** What every script begins with. */
    private String start(String provider) {
        return "ipc() { command ipc \"$@\" --provider " + provider + "; }; N=" + name + "; ";
    }

    /** The image has what receives ordinary signals, and its launcher passes on what is blocked. */
    @Test
    void signalsComeFromOtherProcesses() throws Exception {
        run(
                "posix",
                """
                ipc report | grep '^signal' | grep 'posix\\*' | grep -o DISPATCHED_SIGNALS
                ipc signal await USR1 --pid --timeout 60s >1 & until [ -s 1 ]; do sleep 0.05; done
                ipc signal send $(cat 1) USR1; wait; tail -n 1 1
                ipc signal await USR1 --pid --timeout 60s >2 & until [ -s 2 ]; do sleep 0.05; done
                kill -USR1 $(cat 2); wait; tail -n 1 2
                env --block-signal=RTMIN+1 ipc signal await RTMIN+1 --pid --count 2 --timeout 60s >3 &
                until [ -s 3 ]; do sleep 0.05; done; P=$(head -n 1 3)
                ipc signal send $P RTMIN+1 --value 42; ipc signal send $P RTMIN+1; wait
                tail -n 2 3 | sed 's/pid [0-9]* uid [0-9]*/sender/'
                ipc signal await RTMIN+1 2>&1 | grep -o 'env --block-signal=RTMIN+1'
                ipc signal probe $P 2>/dev/null; echo $?
                """,
                "DISPATCHED_SIGNALS\n"
                        + "SIGUSR1\n"
                        + "SIGUSR1\n"
                        + "SIGRTMIN+1 sender value 42\n"
                        + "SIGRTMIN+1 sender value 0\n"
                        + "env --block-signal=RTMIN+1\n"
                        + "4\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aSemaphoreLetsOneInAtATime(String provider) throws Exception {
        run(
                provider,
                """
                ipc sem create $N --permits 0
                (ipc sem acquire $N --timeout 60s && echo entered) &
                sleep 0.3; echo releasing; ipc sem release $N; wait
                ipc sem acquire $N --timeout 100ms; echo $?
                ipc sem remove $N
                """,
                "releasing\nentered\n3\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aQueueKeepsPrioritiesBetweenProcesses(String provider) throws Exception {
        run(
                provider,
                """
                ipc mq create $N --capacity 4 --max-size 100
                ipc mq send $N low; ipc mq send $N high --priority 31; printf 'two\\nlines' | ipc mq send $N -
                ipc mq receive $N --count 3 --lines
                (ipc mq receive $N --timeout 60s) & sleep 0.3; ipc mq send $N awaited; wait
                ipc mq receive $N --timeout 0; echo $?
                ipc mq remove $N
                """,
                "high\nlow\ntwo\nlines\nawaited3\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void memoryKeepsBytesBetweenProcesses(String provider) throws Exception {
        run(
                provider,
                """
                ipc shm create $N --size 3M
                head -c 3M /dev/urandom > in; ipc shm write $N < in; ipc shm read $N > out; cmp in out && echo same
                ipc shm write $N in; ipc shm read $N out2; cmp in out2 && echo same
                printf abc | ipc shm write $N --offset 1M; ipc shm read $N --offset 1M --length 3; echo
                ipc shm remove $N
                """,
                "same\nsame\nabc\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aMappedFileKeepsBytesAndGrows(String provider) throws Exception {
        run(
                provider,
                """
                ipc mmap create $N --size 3M; ipc mmap create $N --size 1; echo $?
                head -c 3M /dev/urandom > in; ipc mmap write $N in; cmp in $N && echo same
                ipc mmap read $N > out; cmp in out && echo same
                printf abc | ipc mmap write $N --offset 1M --force; ipc mmap read $N --offset 1M --length 3; echo
                ipc mmap write $N in --offset 1; echo $?
                ipc mmap grow $N --size 4M; ipc mmap write $N in --offset 1; ipc mmap info $N | grep size
                ipc mmap create $N --size 5M --or-open; wc -c < $N; ipc mmap read absent; echo $?
                """,
                "5\nsame\nsame\nabc\n7\nbyte size  4194304\n5242880\n4\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void aPipeIsAPipe(String provider) throws Exception {
        run(
                provider,
                """
                head -c 5M /dev/urandom > in
                (ipc pipe read $N --timeout 60s > out) & ipc pipe write $N --timeout 60s < in; echo $?; wait
                cmp in out && echo same
                ipc pipe write $N --timeout 10ms < in; echo $?
                """,
                "0\nsame\n3\n");
    }

    /** The channel is always plain Java's; its memory, and what wakes its waiters, need not be. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-Dorg.ipc4j.provider=jvm"})
    void aChannelKeepsOrderAndEveryByte(String option) throws Exception {
        Ipc.Result result =
                Ipc.shell(
                        directory,
                        "export IPC_JAVA_OPTS="
                                + option
                                + "; N="
                                + name
                                + "; "
                                + """
                                ipc channel create $N --capacity 64K
                                head -c 5M /dev/urandom > in
                                (ipc channel receive $N out) & ipc channel send $N in; echo $?; wait
                                cmp in out && echo same
                                (ipc channel receive $N --lines --timeout 60s > out) & seq 100000 > in
                                ipc channel send $N --lines < in; echo $?; wait; cmp in out && echo same
                                seq 3 | ipc channel send $N --lines; ipc channel info $N | grep -c CLOSED
                                ipc channel receive $N --count 2 --lines; ipc channel receive $N --lines
                                ipc channel receive $N --timeout 0; echo $?
                                ipc channel remove $N
                                """);
        assertEquals("0\nsame\n0\nsame\n2\n1\n2\n3\n3\n", result.out(), result::toString);
    }

    @Test
    void aSenderThatWasKilledIsTold() throws Exception {
        Ipc.Result result =
                Ipc.shell(
                        directory,
                        "N="
                                + name
                                + "; "
                                + """
                                mkfifo lines; exec 3<> lines; ipc channel create $N
                                ipc channel send $N lines --lines & sender=$!; echo sent >&3
                                ipc channel receive $N --lines --timeout 60s > out & receiver=$!
                                until [ -s out ]; do sleep 0.05; done; kill -9 $sender
                                wait $receiver; echo $?; cat out; ipc channel remove $N
                                """);
        assertEquals("8\nsent\n", result.out(), result::toString);
        assertTrue(result.err().contains("sender 0 has died; 1 messages came"), result::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-Dorg.ipc4j.provider=jvm"})
    void everySubscriberOfATopicGetsEveryByte(String option) throws Exception {
        Ipc.Result result =
                Ipc.shell(
                        directory,
                        "export IPC_JAVA_OPTS="
                                + option
                                + "; N="
                                + name
                                + "; "
                                + """
                                ipc channel create $N --capacity 64K --subscribers 3
                                head -c 5M /dev/urandom > in
                                for i in 1 2 3; do ipc channel subscribe $N out$i & done
                                ipc channel publish $N in --subscribers 3 --timeout 60s; echo $?; wait
                                for i in 1 2 3; do cmp in out$i && echo same; done
                                ipc channel info $N | grep -c CLOSED; ipc channel remove $N
                                """);
        assertEquals("0\nsame\nsame\nsame\n4\n", result.out(), result::toString);
    }

    @Test
    void whoIsStoppedMissesMessagesOrIsCutOff() throws Exception {
        Ipc.Result result =
                Ipc.shell(
                        directory,
                        "N="
                                + name
                                + "; "
                                + """
                                for policy in overwrite cut-off; do
                                ipc channel create $N --capacity 4K --subscribers 1 --slow $policy
                                ipc channel subscribe $N --lines > out & subscriber=$!
                                seq 1 1 | ipc channel publish $N --subscribers 1 --lines
                                until [ -s out ]; do sleep 0.05; done
                                kill -STOP $subscriber
                                seq 2 10000 | ipc channel publish $N --lines; echo $?
                                kill -CONT $subscriber; wait $subscriber; echo $?; tail -n 1 out
                                ipc channel remove $N
                                done
                                """);
        assertEquals("0\n0\n10000\n0\n10\n1\n", result.out(), result::toString);
        assertTrue(result.err().contains("messages were missed"), result::toString);
        assertTrue(result.err().contains("was cut off"), result::toString);
    }

    @Test
    void aPublisherThatWasKilledIsTold() throws Exception {
        Ipc.Result result =
                Ipc.shell(
                        directory,
                        "N="
                                + name
                                + "; "
                                + """
                                mkfifo lines; exec 3<> lines; ipc channel create $N --subscribers 1
                                ipc channel publish $N lines --lines --subscribers 1 & publisher=$!
                                ipc channel subscribe $N --lines --timeout 60s > out & subscriber=$!
                                echo published >&3
                                until [ -s out ]; do sleep 0.05; done; kill -9 $publisher
                                wait $subscriber; echo $?; cat out; ipc channel remove $N
                                """);
        assertEquals("8\npublished\n", result.out(), result::toString);
        assertTrue(
                result.err().contains("the publisher has died; 1 messages came"), result::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void theReaderOfStandardOutputMayGo(String provider) throws Exception {
        run(
                provider,
                """
                ipc shm create $N --size 1M; ipc shm read $N | head -c 1 | wc -c; echo ${PIPESTATUS[0]}
                ipc shm remove $N
                """,
                "1\n141\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix", "jvm"})
    void everyRefusalHasItsStatus(String provider) throws Exception {
        Ipc.Result result =
                Ipc.shell(
                        directory,
                        start(provider)
                                + """
                                ipc sem acquire $N; echo $?
                                ipc sem create $N; echo $?; ipc sem create $N; echo $?; ipc sem remove $N
                                ipc shm create $N --size 100000G; echo $?
                                ipc sem; echo $?
                                """);
        assertEquals("4\n0\n5\n7\n2\n", result.out(), result::toString);
        assertEquals(
                4,
                result.err().lines().filter(line -> line.startsWith("ipc: ")).count(),
                result::toString);
        assertEquals(4, result.err().lines().count(), result::toString);
    }

    private void run(String provider, String script, String expected) throws Exception {
        Ipc.Result result = Ipc.shell(directory, start(provider) + script);
        assertEquals(expected, result.out(), result::toString);
    }

    @AfterEach
    void removeAll() throws Exception {
        Ipc.shell(
                directory,
                "for p in posix jvm; do for f in sem mq shm pipe channel; do"
                        + " ipc $f remove --provider $p "
                        + name
                        + "; done; done");
    }
}
