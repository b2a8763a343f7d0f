// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON as RFC 8259 has it, into maps, lists, strings, doubles, booleans and null. */
final class JsonReader {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "[ \\t\\r\\n]*(?:([{}\\[\\],:])"
                        + "|\"((?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*)\""
                        + "|(-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)|(true|false|null))["
                        + " \\t\\r\\n]*");

    private final Matcher token;
    private final String text;
    private int position;

    private JsonReader(String text) {
        this.text = text;
        this.token = TOKEN.matcher(text);
    }

    static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        if (reader.position != text.length()) {
            throw new IllegalArgumentException(
                    "more after the end: " + text.substring(reader.position));
        }
        return value;
    }

    @SuppressWarnings("unchecked") // JSON objects have strings as names
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    private void next() {
        if (!token.find(position) || token.start() != position) {
            throw new IllegalArgumentException("no JSON at " + position + ": " + text);
        }
        position = token.end();
    }

    private Object value() {
        next();
        if (token.group(2) != null) {
            return unescaped(token.group(2));
        }
        if (token.group(3) != null) {
            return Double.valueOf(token.group(3));
        }
        if (token.group(4) != null) {
            return token.group(4).equals("null") ? null : Boolean.valueOf(token.group(4));
        }
        return switch (token.group(1)) {
            case "{" -> members();
            case "[" -> elements();
            default -> throw new IllegalArgumentException("no value at " + position + ": " + text);
        };
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (isNext("}")) {
            return members;
        }
        do {
            String name = (String) value();
            expect(":");
            members.put(name, value());
        } while (isNext(","));
        expect("}");
        return members;
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        if (isNext("]")) {
            return elements;
        }
        do {
            elements.add(value());
        } while (isNext(","));
        expect("]");
        return elements;
    }

    private boolean isNext(String mark) {
        int before = position;
        next();
        if (mark.equals(token.group(1))) {
            return true;
        }
        position = before;
        return false;
    }

    private void expect(String mark) {
        if (!isNext(mark)) {
            throw new IllegalArgumentException("no " + mark + " at " + position + ": " + text);
        }
    }

    private static String unescaped(String string) {
        return Pattern.compile("\\\\(u(....)|.)")
                .matcher(string)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(
                                switch (escape.group(1).charAt(0)) {
                                    case 'u' ->
                                            Character.toString(
                                                    Integer.parseInt(escape.group(2), 16));
                                    case 'b' -> "\b";
                                    case 'f' -> "\f";
                                    case 'n' -> "\n";
                                    case 'r' -> "\r";
                                    case 't' -> "\t";
                                    default -> escape.group(1);
                                }));
    }
}
