// SPDX-License-Identifier: Apache-2.0

package com.example.feed;

import org.ipc4j.IpcName;
import org.ipc4j.channel.ChannelOptions;
import org.ipc4j.channel.Sender;

import java.util.Arrays;
import java.util.SplittableRandom;

/** {@code feed CHANNEL COUNT}: sends so many ticks, and prints what was traded. */
public final class Feed {
    private static final int BURST = 16;

    private final Sender sender;
    private final Turnover turnover = new Turnover();
    private final SplittableRandom market = new SplittableRandom(42);
    private final long[] prices = new long[Turnover.INSTRUMENTS];

    private Feed(Sender sender) {
        this.sender = sender;
        Arrays.fill(prices, 100_0000);
    }

    /**
     * Starts.
     *
     * @param args the channel's name, and how many ticks
     */
    public static void main(String[] args) throws Exception {
        try (Sender sender = Sender.createOrOpen(IpcName.of(args[0]), ChannelOptions.DEFAULT)) {
            Feed feed = new Feed(sender);
            feed.send(Long.parseLong(args[1]));
            System.out.println(feed.turnover);
        }
    }

    /** Ticks of one burst become visible together, which is cheaper than one by one. */
    private void send(long count) throws InterruptedException {
        for (long number = 1; number <= count; number++) {
            write(number, claim());
            if (number % BURST == 0 || number == count) {
                sender.commit();
            } else {
                sender.stage();
            }
        }
    }

    private void write(long number, long offset) {
        int instrument = market.nextInt(Turnover.INSTRUMENTS);
        int quantity = 1 + market.nextInt(500);
        long price = prices[instrument] += market.nextInt(-50, 51);
        Tick.write(sender.memory(), offset, number, price, quantity, instrument);
        turnover.add(instrument, price, quantity);
    }

    private long claim() throws InterruptedException {
        long offset = sender.tryClaim(Tick.BYTES);
        while (offset == Sender.FULL) {
            Thread.sleep(1); // the desk is not there yet, or slow
            offset = sender.tryClaim(Tick.BYTES);
        }
        if (offset == Sender.RECEIVER_GONE) {
            throw new IllegalStateException("the desk has closed");
        }
        return offset;
    }
}
