// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.interop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A series of kills at random points, with victims that are started ahead. Its seed is printed;
 * {@code -Dipc.seed} repeats it as far as the scheduler does.
 */
final class Campaign implements AutoCloseable {
    private static final boolean FULL = "full".equals(System.getProperty("ipc.campaign"));
    private static final int AHEAD = 4;
    private static final AtomicInteger TOTAL = new AtomicInteger();

    private final String what;
    private final Launcher launcher;
    private final Killer killer;
    private final long begun = System.nanoTime();
    private final long seed = Long.getLong("ipc.seed", System.nanoTime());
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    private final Queue<Peer> ready = new ArrayDeque<>();
    private final List<Peer> used = new ArrayList<>();
    private final List<Long> recoveries = new ArrayList<>();
    private int left;
    private int kills;
    private int uncertain;
    private boolean done;

    /**
     * Prepares.
     *
     * @param what who is killed at what
     * @param launcher starts a victim
     * @param tenth how many victims in a short run; a full campaign has ten times as many
     */
    Campaign(String what, Launcher launcher, int tenth) {
        this(what, launcher, tenth, Killer.SIGNAL);
    }

    /**
     * Prepares.
     *
     * @param what who is killed at what
     * @param launcher starts a victim
     * @param tenth how many victims in a short run; a full campaign has ten times as many
     * @param killer kills them
     */
    Campaign(String what, Launcher launcher, int tenth, Killer killer) {
        this.what = what;
        this.launcher = launcher;
        this.killer = killer;
        this.left = FULL ? 10 * tenth : tenth;
        refill();
    }

    boolean goesOn() {
        return left > 0 || !ready.isEmpty();
    }

    private void refill() {
        while (left > 0 && ready.size() < AHEAD) {
            ready.add(launcher.start());
            left--;
        }
    }

    /** Returns so many victims, or as many as there still are. */
    List<Victim> victims(int count) {
        closeUsed();
        List<Victim> victims = new ArrayList<>();
        while (victims.size() < count && goesOn()) {
            Peer peer = ready.remove();
            used.add(peer);
            victims.add(new Victim(peer, killer));
            refill();
        }
        return victims;
    }

    Victim victim() {
        return victims(1).getFirst();
    }

    RandomGenerator random() {
        return random;
    }

    /**
     * Lets the victims work for a random time: often a short one, so that the first operations are
     * hit too.
     */
    void anyMoment() throws InterruptedException {
        long millis = random.nextInt(3) == 0 ? random.nextInt(40) : random.nextInt(6);
        Thread.sleep(Duration.ofNanos(millis * 1_000_000 + random.nextInt(1_000_000)));
    }

    /** Kills all, one after the other, each at a random moment. */
    void kill(List<Victim> victims) throws InterruptedException {
        List<Victim> order = new ArrayList<>(victims);
        Collections.shuffle(order, java.util.Random.from(random));
        for (Victim victim : order) {
            anyMoment();
            killNow(victim);
        }
        for (Victim victim : order) {
            victim.awaitDeath();
        }
    }

    /** Kills one that does nothing just now. */
    void killNow(Victim victim) {
        victim.kill();
        kills++;
        TOTAL.incrementAndGet();
    }

    /**
     * Notes that an operation under way may have been done or not, and which of the two it was
     * cannot be known.
     */
    void uncertain(int count) {
        uncertain += count;
    }

    /** Notes how long the others stood still. */
    void recovered(long nanos) {
        recoveries.add(nanos);
    }

    private void closeUsed() {
        used.forEach(Peer::close);
        used.clear();
    }

    /** Says that nothing failed. */
    void succeeded() {
        done = true;
    }

    @Override
    public void close() {
        closeUsed();
        ready.forEach(Peer::close);
        Collections.sort(recoveries);
        String recovery =
                recoveries.isEmpty()
                        ? ""
                        : "; others went on within %.0f ms (p99), %.0f ms (most)"
                                .formatted(
                                        recoveries.get((recoveries.size() - 1) * 99 / 100) / 1e6,
                                        recoveries.getLast() / 1e6);
        System.out.printf(
                Locale.ROOT,
                "%s, %s: %s in %d kills%s; %d operations under way may have been done%s; seed %d,"
                        + " %.1f s; %d kills so far%n",
                what,
                launcher,
                done ? "0 failures" : "FAILED",
                kills,
                done ? " (below %.1f %% at 95 %%)".formatted(300.0 / kills) : "",
                uncertain,
                recovery,
                seed,
                (System.nanoTime() - begun) / 1e9,
                TOTAL.get());
    }
}
