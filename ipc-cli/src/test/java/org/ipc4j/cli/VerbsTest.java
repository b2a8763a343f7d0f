// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.ipc4j.Ipc;
import org.ipc4j.IpcException;
import org.ipc4j.IpcName;
import org.ipc4j.Mechanism;
import org.ipc4j.channel.Topic;
import org.ipc4j.channel.TopicOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Every verb in this process, with the provider that works without native access. */
class VerbsTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name =
            "ipc-cli-test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    @AfterEach
    void nothingStays() {
        for (String family : new String[] {"sem", "mq", "shm", "pipe", "socket", "channel"}) {
            Called.ipc(family, "remove", name);
        }
    }

    @Test
    void semaphore() {
        succeeds("", "sem", "create", name, "--permits", "1");
        fails(ExitStatus.EXISTS, "sem", "create", name);
        succeeds("", "sem", "create", name, "--or-open", "--permits", "5");
        succeeds("", "sem", "acquire", name);
        fails(ExitStatus.TIMED_OUT, "sem", "acquire", name, "--timeout", "0");
        fails(ExitStatus.TIMED_OUT, "sem", "acquire", name, "--timeout", "10ms");
        succeeds("", "sem", "release", name);
        assertTrue(Called.ipc("sem", "info", name).out().contains("permits"));
        assertTrue(Called.ipc("sem", "info", name, "--json").out().contains("\"permits\":1,"));
        succeeds("", "sem", "remove", name);
        fails(ExitStatus.NOT_FOUND, "sem", "remove", name);
        fails(ExitStatus.NOT_FOUND, "sem", "acquire", name);
        fails(ExitStatus.NOT_FOUND, "sem", "info", name);
    }

    @Test
    void messageQueue() {
        succeeds("", "mq", "create", name, "--capacity", "3", "--max-size", "8");
        succeeds("", "mq", "send", name, "later");
        succeeds("", "mq", "send", name, "first", "--priority", "7");
        Called piped = Called.ipcWithInput("12345678", "mq", "send", name, "-");
        assertEquals(0, piped.status(), piped.err());
        fails(ExitStatus.TIMED_OUT, "mq", "send", name, "x", "--timeout", "10ms");
        assertTrue(
                Called.ipc("mq", "info", name, "--json")
                        .out()
                        .contains("\"messages\":3,\"capacity\":3"));
        succeeds("first", "mq", "receive", name);
        succeeds("later\n12345678\n", "mq", "receive", name, "--count", "2", "--lines");
        fails(ExitStatus.TIMED_OUT, "mq", "receive", name, "--timeout", "0");
        fails(ExitStatus.TIMED_OUT, "mq", "receive", name, "--follow", "--timeout", "10ms");
        Called tooLong = Called.ipcWithInput("123456789", "mq", "send", name);
        assertEquals(ExitStatus.USAGE.code(), tooLong.status(), tooLong.err());
        succeeds("", "mq", "remove", name);
        fails(ExitStatus.NOT_FOUND, "mq", "receive", name);
    }

    @Test
    void mappedFile(@TempDir Path directory) throws IOException {
        String mapped = directory.resolve("mapped").toString();
        succeeds("", "mmap", "create", mapped, "--size", "4K");
        fails(ExitStatus.EXISTS, "mmap", "create", mapped, "--size", "4K");
        assertEquals(
                0,
                Called.ipcWithInput("middle", "mmap", "write", mapped, "--offset", "100").status());
        succeeds("middle", "mmap", "read", mapped, "--offset", "100", "--length", "6");
        Path file = Files.writeString(directory.resolve("in"), "from a file");
        succeeds("", "mmap", "write", mapped, file.toString(), "--force");
        succeeds("", "mmap", "read", mapped, directory.resolve("out").toString());
        assertTrue(Files.readString(directory.resolve("out")).startsWith("from a file\0"));
        assertEquals(4096, Files.size(directory.resolve("out")));
        assertEquals(
                ExitStatus.LIMIT.code(),
                Called.ipcWithInput("too long", "mmap", "write", mapped, "--offset", "4090")
                        .status());
        fails(ExitStatus.USAGE, "mmap", "read", mapped, "--offset", "5000");
        fails(ExitStatus.USAGE, "mmap", "read", mapped, "--length", "5000");
        succeeds("", "mmap", "grow", mapped, "--size", "8K");
        assertTrue(
                Called.ipc("mmap", "info", mapped, "--json").out().contains("\"byteSize\":8192}"));
        succeeds("", "mmap", "create", mapped, "--or-open", "--size", "5K");
        assertEquals(8192, Files.size(Path.of(mapped)));
        fails(ExitStatus.INCOMPATIBLE, "mmap", "info", directory.toString());
        fails(ExitStatus.NOT_FOUND, "mmap", "read", mapped + "-absent");
        fails(ExitStatus.NOT_FOUND, "mmap", "grow", mapped + "-absent", "--size", "1");
    }

    @Test
    void sharedMemory(@TempDir Path directory) throws IOException {
        succeeds("", "shm", "create", name, "--size", "4K");
        assertEquals(
                0, Called.ipcWithInput("middle", "shm", "write", name, "--offset", "100").status());
        succeeds("middle", "shm", "read", name, "--offset", "100", "--length", "6");
        Path file = Files.writeString(directory.resolve("in"), "from a file");
        succeeds("", "shm", "write", name, file.toString());
        succeeds("", "shm", "read", name, directory.resolve("out").toString());
        assertTrue(Files.readString(directory.resolve("out")).startsWith("from a file\0"));
        assertEquals(4096, Files.size(directory.resolve("out")));
        assertEquals(
                ExitStatus.LIMIT.code(),
                Called.ipcWithInput("too long", "shm", "write", name, "--offset", "4090").status());
        fails(ExitStatus.USAGE, "shm", "read", name, "--offset", "5000");
        fails(ExitStatus.USAGE, "shm", "read", name, "--length", "5000");
        fails(ExitStatus.REFUSED, "shm", "write", name, directory.resolve("absent").toString());
        assertTrue(Called.ipc("shm", "info", name, "--json").out().contains("\"byteSize\":4096}"));
        fails(ExitStatus.INCOMPATIBLE, "shm", "create", name, "--or-open", "--size", "5K");
        succeeds("", "shm", "remove", name);
        fails(ExitStatus.NOT_FOUND, "shm", "read", name);
    }

    @Test
    void namedPipe() {
        String text = "stream ".repeat(100_000);
        CompletableFuture<Called> reader =
                meanwhile(() -> Called.ipc("pipe", "read", name, "--timeout", "30s"));
        Called writer = Called.ipcWithInput(text, "pipe", "write", name, "--timeout", "30s");
        assertEquals(0, writer.status(), writer.err());
        assertEquals(0, reader.join().status(), reader.join().err());
        assertEquals(text, reader.join().out());
        fails(ExitStatus.TIMED_OUT, "pipe", "read", name, "--timeout", "10ms");
        fails(ExitStatus.TIMED_OUT, "pipe", "write", name, "--timeout", "10ms");
        fails(ExitStatus.NOT_FOUND, "pipe", "remove", name);
    }

    @Test
    void localSocket() {
        assumeTrue(
                Ipc.report().rows().stream()
                        .anyMatch(
                                row -> row.mechanism() == Mechanism.LOCAL_SOCKET && row.selected()),
                "no provider has local sockets here");
        String question = "question ".repeat(100_000);
        String answer = "answer ".repeat(100_000);
        CompletableFuture<Called> server =
                CompletableFuture.supplyAsync(() ->
                        Called.ipcWithInput(answer, "socket", "serve", name, "--timeout", "30s"));
        Called client = connect(question);
        assertEquals(0, client.status(), client.err());
        assertEquals(answer, client.out());
        assertEquals(0, server.join().status(), server.join().err());
        assertEquals(question, server.join().out());
        fails(ExitStatus.TIMED_OUT, "socket", "serve", name, "--timeout", "10ms");
        fails(ExitStatus.NOT_FOUND, "socket", "connect", name, "--timeout", "10ms");
        fails(ExitStatus.NOT_FOUND, "socket", "remove", name);
    }

    /** The server is on its way. */
    private Called connect(String input) {
        Called client;
        do {
            client = Called.ipcWithInput(input, "socket", "connect", name, "--timeout", "30s");
        } while (client.status() == ExitStatus.NOT_FOUND.code());
        return client;
    }

    @Test
    void channelOfLines() {
        succeeds("", "channel", "create", name, "--capacity", "4K", "--max-size", "8");
        fails(ExitStatus.EXISTS, "channel", "create", name);
        succeeds("", "channel", "create", name, "--or-open");
        Called sent =
                Called.ipcWithInput("first\n\n12345678\nend", "channel", "send", name, "--lines");
        assertEquals(0, sent.status(), sent.err());
        succeeds("first", "channel", "receive", name, "--count", "1");
        succeeds("\n12345678\nend\n", "channel", "receive", name, "--lines");
        Called tooLong =
                Called.ipcWithInput("kept\n123456789\nlost", "channel", "send", name, "--lines");
        assertEquals(ExitStatus.USAGE.code(), tooLong.status(), tooLong.err());
        succeeds("kept\n", "channel", "receive", name, "--lines");
        fails(ExitStatus.TIMED_OUT, "channel", "receive", name, "--timeout", "10ms");
        fails(ExitStatus.TIMED_OUT, "channel", "receive", name, "--follow", "--timeout", "0");
        succeeds("", "channel", "remove", name);
        fails(ExitStatus.NOT_FOUND, "channel", "receive", name);
        fails(ExitStatus.NOT_FOUND, "channel", "send", name);
        fails(ExitStatus.NOT_FOUND, "channel", "info", name);
        fails(ExitStatus.NOT_FOUND, "channel", "remove", name);
    }

    @Test
    void channelOfBytes() {
        String text = "stream ".repeat(100_000);
        succeeds("", "channel", "create", name, "--capacity", "64K");
        for (int i = 0; i < 2; i++) { // the second sender waits for another receiver
            CompletableFuture<Called> sender =
                    meanwhile(() -> Called.ipcWithInput(text, "channel", "send", name));
            Called receiver = Called.ipc("channel", "receive", name, "--timeout", "30s");
            assertEquals(0, receiver.status(), receiver.err());
            assertEquals(text, receiver.out());
            assertEquals(0, sender.join().status(), sender.join().err());
        }
        assertEquals(
                ExitStatus.TIMED_OUT.code(),
                Called.ipcWithInput(text, "channel", "send", name, "--timeout", "10ms").status());
    }

    @Test
    void channelInfoOnlyLooks() {
        succeeds(
                "",
                "channel",
                "create",
                name,
                "--capacity",
                "8K",
                "--senders",
                "2",
                "--waiting",
                "spin");
        assertEquals(0, Called.ipcWithInput("12345678", "channel", "send", name).status());
        for (int i = 0; i < 2; i++) {
            String info = Called.ipc("channel", "info", name, "--json").out();
            assertTrue(
                    info.contains(
                            "\"capacity\":8192,\"maxMessageSize\":512,\"waiting\":\"SPIN\","
                                + "\"receiver\":\"NOT_YET\",\"senders\":["
                                + "{\"sender\":0,\"presence\":\"CLOSED\",\"unhandledBytes\":16},"
                                + "{\"sender\":1,\"presence\":\"NOT_YET\",\"unhandledBytes\":0}]"),
                    info);
        }
        String text = Called.ipc("channel", "info", name).out();
        assertTrue(text.contains("sender  presence  unhandled bytes"), text);
        Called fewer = Called.ipc("channel", "receive", name, "--count", "2");
        assertEquals(ExitStatus.PEER_CLOSED.code(), fewer.status(), fewer.err());
        assertEquals("12345678", fewer.out());
    }

    @Test
    void topicOfLines() {
        succeeds("", "channel", "create", name, "--subscribers", "2", "--capacity", "4K");
        fails(ExitStatus.EXISTS, "channel", "create", name, "--subscribers", "2");
        succeeds("", "channel", "create", name, "--subscribers", "2", "--or-open");
        CompletableFuture<Called> one = subscribing("--lines");
        CompletableFuture<Called> other = subscribing("--count", "3");
        Called published =
                Called.ipcWithInput(
                        "first\n\nend",
                        "channel",
                        "publish",
                        name,
                        "--lines",
                        "--subscribers",
                        "2",
                        "--timeout",
                        "30s");
        assertEquals(0, published.status(), published.err());
        assertEquals(new Called(0, "first\n\nend\n", ""), one.join());
        assertEquals(new Called(0, "firstend", ""), other.join());
        fails(
                ExitStatus.TIMED_OUT,
                "channel",
                "publish",
                name,
                "--subscribers",
                "1",
                "--timeout",
                "0");
        fails(ExitStatus.TIMED_OUT, "channel", "subscribe", name, "--timeout", "10ms");
        fails(ExitStatus.INCOMPATIBLE, "channel", "send", name);
        fails(ExitStatus.INCOMPATIBLE, "channel", "receive", name);
        succeeds("", "channel", "remove", name);
        fails(ExitStatus.NOT_FOUND, "channel", "subscribe", name);
        fails(ExitStatus.NOT_FOUND, "channel", "publish", name);
    }

    /**
     * Runs a command beside others. Each waits for others, so each has a thread of its own: the
     * common pool has a single one on a machine with two processors.
     */
    private static CompletableFuture<Called> meanwhile(Supplier<Called> call) {
        return CompletableFuture.supplyAsync(
                call, body -> Thread.ofPlatform().daemon().start(body));
    }

    private CompletableFuture<Called> subscribing(String... options) {
        List<String> words =
                new ArrayList<>(List.of("channel", "subscribe", name, "--timeout", "30s"));
        words.addAll(List.of(options));
        return meanwhile(() -> Called.ipc(words.toArray(String[]::new)));
    }

    @Test
    void aPublisherThatLeavesTooEarly() {
        succeeds("", "channel", "create", name, "--subscribers", "1");
        CompletableFuture<Called> subscriber = subscribing("--count", "2", "--json");
        publish("only one", "--subscribers", "1");
        Called fewer = subscriber.join();
        assertEquals(ExitStatus.PEER_CLOSED.code(), fewer.status(), fewer.err());
        assertEquals("only one", fewer.out());
        assertTrue(
                fewer.err().startsWith("{\"name\":\"" + name + "\",\"messages\":1,\"missed\":0}"),
                fewer.err());
    }

    private void publish(String input, String... options) {
        List<String> words =
                new ArrayList<>(List.of("channel", "publish", name, "--lines", "--timeout", "30s"));
        words.addAll(List.of(options));
        Called published = Called.ipcWithInput(input, words.toArray(String[]::new));
        assertEquals(0, published.status(), published.err());
    }

    /** A subscriber whose output is not read for as long as something goes on. */
    private Called stalled(String policy, String... options) throws Exception {
        succeeds(
                "",
                "channel",
                "create",
                name,
                "--subscribers",
                "1",
                "--capacity",
                "4K",
                "--slow",
                policy);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch published = new CountDownLatch(1);
        ByteArrayOutputStream out =
                new ByteArrayOutputStream() {
                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        super.write(bytes, offset, length);
                        first.countDown();
                        await(published);
                    }
                };
        List<String> words =
                new ArrayList<>(
                        List.of("channel", "subscribe", name, "--lines", "--timeout", "30s"));
        words.addAll(List.of(options));
        CompletableFuture<Called> subscriber =
                meanwhile(() -> Called.ipc(out, words.toArray(String[]::new)));
        publish("awaited", "--subscribers", "1");
        await(first);
        publish("x".repeat(100).concat("\n").repeat(1000));
        published.countDown();
        return subscriber.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS), "nothing has come");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasMissedIsTold() throws Exception {
        Called slow = stalled("overwrite");
        assertEquals(0, slow.status(), slow.err());
        long missed = 1001 - slow.out().lines().count();
        assertTrue(missed > 900, slow.out());
        assertEquals(
                "ipc: \""
                        + name
                        + "\": "
                        + missed
                        + " messages were missed"
                        + System.lineSeparator(),
                slow.err());
    }

    @Test
    void whatWasMissedIsToldAsJson() throws Exception {
        Called slow = stalled("overwrite", "--json");
        assertEquals(0, slow.status(), slow.err());
        long came = slow.out().lines().count();
        assertEquals(
                "{\"name\":\""
                        + name
                        + "\",\"messages\":"
                        + came
                        + ",\"missed\":"
                        + (1001 - came)
                        + "}"
                        + System.lineSeparator(),
                slow.err());
    }

    @Test
    void whoIsCutOffIsTold() throws Exception {
        Called slow = stalled("cut-off");
        assertEquals(ExitStatus.CUT_OFF.code(), slow.status(), slow.err());
        assertEquals("awaited\n", slow.out());
        assertTrue(slow.err().contains("was cut off"), slow.err());
    }

    @Test
    void topicInfoOnlyLooks() {
        succeeds(
                "",
                "channel",
                "create",
                name,
                "--capacity",
                "8K",
                "--subscribers",
                "2",
                "--slow",
                "cut-off",
                "--waiting",
                "backoff");
        publish("seen by nobody");
        for (int i = 0; i < 2; i++) {
            String info = Called.ipc("channel", "info", name, "--json").out();
            assertTrue(
                    info.contains(
                            "\"capacity\":8192,\"maxMessageSize\":512,\"slow\":\"CUT_OFF\","
                                + "\"waiting\":\"BACKOFF\",\"publisher\":\"CLOSED\",\"subscribers\":["
                                + "{\"subscriber\":0,\"presence\":\"NOT_YET\",\"unhandledBytes\":0},"
                                + "{\"subscriber\":1,\"presence\":\"NOT_YET\",\"unhandledBytes\":0}]"),
                    info);
        }
        String text = Called.ipc("channel", "info", name).out();
        assertTrue(text.contains("subscriber  presence  unhandled bytes"), text);
    }

    @Test
    void aChannelAndATopicOfOneName() throws IpcException {
        succeeds("", "channel", "create", name);
        fails(ExitStatus.EXISTS, "channel", "create", name, "--subscribers", "1");
        fails(ExitStatus.INCOMPATIBLE, "channel", "publish", name);
        fails(ExitStatus.INCOMPATIBLE, "channel", "subscribe", name);
        String key;
        try (Topic topic = Topic.create(IpcName.of(name), TopicOptions.DEFAULT)) {
            key = topic.nativeKey();
            fails(ExitStatus.USAGE, "channel", "info", name);
            fails(ExitStatus.USAGE, "channel", "remove", name);
            Called byKey = Called.ipc("channel", "info", "--native", key);
            assertTrue(byKey.out().contains("publisher"), byKey.toString());
            succeeds("", "channel", "remove", "--native", key);
        }
        Called channel = Called.ipc("channel", "info", name);
        assertTrue(channel.out().contains("receiver"), channel.toString());
    }

    @Test
    void misuse() {
        fails(ExitStatus.USAGE, "channel", "create", name, "--slow", "overwrite");
        fails(ExitStatus.USAGE, "channel", "create", name, "--subscribers", "65");
        fails(ExitStatus.USAGE, "channel", "create", name, "--subscribers", "2", "--senders", "1");
        fails(ExitStatus.USAGE, "channel", "create", name, "--subscribers", "2", "--slow", "ly");
        fails(ExitStatus.USAGE, "channel", "subscribe", name, "--count", "0");
        fails(ExitStatus.USAGE, "channel", "create", name, "--capacity", "5000");
        fails(ExitStatus.USAGE, "channel", "create", name, "--capacity", "5G");
        fails(ExitStatus.USAGE, "channel", "create", name, "--max-size", "1M");
        fails(ExitStatus.USAGE, "channel", "create", name, "--senders", "65");
        fails(ExitStatus.USAGE, "channel", "create", name, "--waiting", "sleep");
        fails(ExitStatus.USAGE, "channel", "receive", name, "--count", "0");
        fails(ExitStatus.USAGE, "sem", "create", "a/b");
        fails(ExitStatus.USAGE, "sem", "create", name, "--permits", "-1");
        fails(ExitStatus.USAGE, "sem", "create", name, "--access", "nobody");
        fails(ExitStatus.USAGE, "mq", "create", name, "--max-size", "3G");
        fails(ExitStatus.USAGE, "shm", "create", name, "--size", "0");
    }

    @Test
    void verboseShowsWhere() {
        Called call = Called.ipc("sem", "info", name, "--verbose");
        assertEquals(ExitStatus.NOT_FOUND.code(), call.status());
        assertTrue(call.err().contains("NameNotFoundException"), call.err());
        assertTrue(call.err().contains("\tat "), call.err());
    }

    private static void succeeds(String out, String... words) {
        Called call = Called.ipc(words);
        assertEquals(0, call.status(), call.err());
        assertEquals(out, call.out());
        assertEquals("", call.err());
    }

    private static void fails(ExitStatus status, String... words) {
        Called call = Called.ipc(words);
        assertEquals(status.code(), call.status(), call.err());
        assertEquals("", call.out());
        assertTrue(call.err().startsWith("ipc: "), call.err());
        assertEquals(1, call.err().lines().count(), call.err());
    }

    @Test
    void signals() throws Exception {
        String self = Long.toString(ProcessHandle.current().pid());
        Called list = Called.ipc("signal", "list");
        if (list.status() != 0) { // Windows says what to use instead
            assertTrue(list.err().contains("NamedSemaphore"), list.err());
            return;
        }
        assertTrue(list.out().contains("SIGUSR1"), list.out());
        assertTrue(list.out().contains("the JVM needs it"), list.out());
        assertTrue(Called.ipc("signal", "list", "--json").out().startsWith("[{\"number\":1,"));
        succeeds("", "signal", "probe", self);
        fails(ExitStatus.TIMED_OUT, "signal", "await", "WINCH", "--timeout", "10ms");
        fails(ExitStatus.REFUSED, "signal", "await", "USR2");
        fails(ExitStatus.USAGE, "signal", "await", "NONE");
        fails(ExitStatus.USAGE, "signal", "send", self, "NONE");
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        fails(ExitStatus.NOT_FOUND, "signal", "probe", Long.toString(ended.pid()));
        fails(ExitStatus.NOT_FOUND, "signal", "send", Long.toString(ended.pid()), "TERM");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CompletableFuture<Called> waiting =
                CompletableFuture.supplyAsync(
                        () -> Called.ipc(out, "signal", "await", "WINCH", "--pid"));
        while (out.size() == 0) {
            Thread.sleep(1);
        }
        succeeds("", "signal", "send", self, "winch");
        Called got = waiting.get(30, TimeUnit.SECONDS);
        assertEquals(self + "\nSIGWINCH\n", got.out(), got.err());
    }
}
