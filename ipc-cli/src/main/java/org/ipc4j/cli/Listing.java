// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Facts with names, written as a table for people and as JSON for programs. A fact's name is that
 * of the JSON member; people read {@code nativeKey} as {@code native key}.
 */
public final class Listing {
    private Listing() {}

    /**
     * Writes one thing's facts, or a list of things, as JSON.
     *
     * @param facts a map, or a collection of maps
     * @return JSON on one line
     */
    public static String json(Object facts) {
        return Json.of(facts);
    }

    /** Writes one thing's facts, a line for each. */
    static String lines(Map<String, ?> facts) {
        int width =
                facts.keySet().stream()
                        .map(Listing::title)
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
        return facts.entrySet().stream()
                .map(fact ->
                        (padded(title(fact.getKey()), width) + "  " + text(fact.getValue()))
                                .strip())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /**
     * Writes a table with a heading.
     *
     * @param rows the rows, which have the same facts in the same order; numbers are aligned to the
     *     right
     * @return the lines
     */
    public static String table(List<? extends Map<String, ?>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        List<StringBuilder> lines = new ArrayList<>();
        lines.add(new StringBuilder());
        rows.forEach(row -> lines.add(new StringBuilder()));
        for (String name : rows.getFirst().keySet()) {
            List<Object> column = new ArrayList<>();
            column.add(title(name));
            rows.forEach(row -> column.add(row.get(name)));
            addColumn(lines, column);
        }
        return lines.stream()
                .map(line -> line.toString().stripTrailing())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static void addColumn(List<StringBuilder> lines, List<Object> column) {
        int width = column.stream().map(Listing::text).mapToInt(String::length).max().orElse(0);
        boolean right = column.stream().skip(1).anyMatch(Number.class::isInstance);
        for (int i = 0; i < lines.size(); i++) {
            String text = text(column.get(i));
            lines.get(i)
                    .append(lines.get(i).isEmpty() ? "" : "  ")
                    .append(right ? " ".repeat(width - text.length()) + text : padded(text, width));
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case Collection<?> values ->
                    values.stream().map(Listing::text).collect(Collectors.joining(" "));
            default -> value.toString();
        };
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String title(String name) {
        StringBuilder title = new StringBuilder();
        char before = ' ';
        for (char c : name.toCharArray()) {
            boolean word = Character.isLowerCase(before) && Character.isUpperCase(c);
            title.append(word ? " " + Character.toLowerCase(c) : String.valueOf(c));
            before = c;
        }
        return title.toString();
    }
}
