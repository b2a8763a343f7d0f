// SPDX-License-Identifier: Apache-2.0

package org.ipc4j.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a module's class files say about its structure; each method returns what breaks one rule, in
 * sentences.
 */
final class Structure {
    private static final Pattern OBJECT_TYPE = Pattern.compile("L([\\w/$]+);?");
    private static final Pattern NATIVE_FILE =
            Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib|a|o)");
    private static final String FOREIGN = "java.lang.foreign.";

    private final ModuleDescriptor descriptor;
    private final List<String> entries;
    private final Map<String, ClassModel> classes = new TreeMap<>();
    private final Map<String, String> services = new TreeMap<>();
    private final Map<String, Set<String>> restricted = new HashMap<>();

    private Structure(ModuleReference module) {
        descriptor = module.descriptor();
        try (ModuleReader reader = module.open()) {
            entries = reader.list().filter(entry -> !entry.endsWith("/")).sorted().toList();
            for (String entry : entries) {
                if (entry.endsWith(".class") && !entry.endsWith("module-info.class")) {
                    ClassModel model = ClassFile.of().parse(bytes(reader, entry));
                    classes.put(model.thisClass().asInternalName().replace('/', '.'), model);
                } else if (entry.startsWith("META-INF/services/")) {
                    services.put(
                            entry.substring("META-INF/services/".length()),
                            new String(bytes(reader, entry), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ModuleReader reader, String entry) throws IOException {
        try (InputStream in = reader.open(entry).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    /** The module in a directory or a jar. */
    static Structure of(Path location) {
        return new Structure(ModuleFinder.of(location).findAll().iterator().next());
    }

    String name() {
        return descriptor.name();
    }

    boolean isEmpty() {
        return classes.isEmpty();
    }

    Set<String> requires() {
        return descriptor.requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .collect(Collectors.toSet());
    }

    private String packageOf(String type) {
        int dot = type.lastIndexOf('.');
        return dot < 0 ? "" : type.substring(0, dot);
    }

    /** The part of a package's name behind the module's: {@code sys.gen}, or empty. */
    private String ring(String type) {
        String name = packageOf(type);
        if (name.equals(descriptor.name())) {
            return "";
        }
        return name.startsWith(descriptor.name() + ".")
                ? name.substring(descriptor.name().length() + 1)
                : null;
    }

    private static boolean isGen(String ring) {
        return ring.equals("sys.gen") || ring.startsWith("sys.gen.");
    }

    private static boolean isSys(String ring) {
        return !isGen(ring) && (ring.equals("sys") || ring.startsWith("sys."));
    }

    /** mechanism to sys to sys.gen, never back, and never past sys. */
    List<String> againstTheRings() {
        return dependencies((from, to) -> {
            String source = ring(from);
            String target = ring(to);
            if (source == null || target == null) {
                return false;
            }
            return isGen(source) && !isGen(target)
                    || isSys(source) && !isSys(target) && !isGen(target)
                    || !isSys(source) && !isGen(source) && isGen(target);
        });
    }

    /**
     * The mechanisms' packages do not use one another. What is directly in the module's root
     * package belongs to none.
     */
    List<String> betweenMechanisms() {
        return dependencies((from, to) -> {
            String source = ring(from);
            String target = ring(to);
            return isMechanism(source) && isMechanism(target) && !source.equals(target);
        });
    }

    private static boolean isMechanism(String ring) {
        return ring != null && !ring.isEmpty() && !isSys(ring) && !isGen(ring);
    }

    /** Uses of a class that no code here may use. */
    List<String> usesOf(Predicate<String> forbidden) {
        return dependencies((from, to) -> forbidden.test(to));
    }

    private interface Rule {
        boolean isBrokenBy(String from, String to);
    }

    private List<String> dependencies(Rule rule) {
        List<String> broken = new ArrayList<>();
        classes.forEach((from, model) -> {
            for (String to : usedBy(model)) {
                if (rule.isBrokenBy(from, to)) {
                    broken.add(from + " uses " + to);
                }
            }
        });
        return broken;
    }

    /** Every class that a class file names, in whatever role. */
    private static Set<String> usedBy(ClassModel model) {
        Set<String> used = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> collect(type.asSymbol(), used);
                case NameAndTypeEntry member -> collect(member.type().stringValue(), used);
                default -> {}
            }
        }
        model.fields().forEach(field -> collect(field.fieldType().stringValue(), used));
        model.methods().forEach(method -> collect(method.methodType().stringValue(), used));
        model.findAttribute(Attributes.signature())
                .ifPresent(signature -> collect(signature.signature().stringValue(), used));
        return used;
    }

    private static void collect(ClassDesc type, Set<String> used) {
        collect(type.descriptorString(), used);
    }

    private static void collect(String descriptor, Set<String> used) {
        Matcher types = OBJECT_TYPE.matcher(descriptor);
        while (types.find()) {
            used.add(types.group(1).replace('/', '.'));
        }
    }

    /** Calls of restricted methods outside of the packages where they are allowed. */
    List<String> restrictedCalls(Predicate<String> allowedRing) {
        List<String> broken = new ArrayList<>();
        classes.forEach((from, model) -> {
            if (allowedRing.test(ring(from))) {
                return;
            }
            for (PoolEntry entry : model.constantPool()) {
                if (entry instanceof MemberRefEntry member) {
                    String owner = member.owner().asInternalName();
                    String method = member.name().stringValue() + member.type().stringValue();
                    if (restricted(owner).contains(method)) {
                        broken.add(
                                from
                                        + " calls restricted "
                                        + owner.replace('/', '.')
                                        + "."
                                        + method);
                    }
                }
            }
        });
        return broken;
    }

    static boolean isSysRing(String ring) {
        return ring != null && (isSys(ring) || isGen(ring));
    }

    /**
     * The restricted methods of a class of the JDK, which carry an annotation in their class file.
     */
    Set<String> restricted(String owner) {
        return restricted.computeIfAbsent(owner, Structure::readRestricted);
    }

    private static Set<String> readRestricted(String owner) {
        if (!owner.startsWith("java/")) {
            return Set.of();
        }
        try (InputStream in = Object.class.getResourceAsStream("/" + owner + ".class")) {
            if (in == null) {
                return Set.of();
            }
            Set<String> methods = new HashSet<>();
            for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
                if (isRestricted(method)) {
                    methods.add(
                            method.methodName().stringValue() + method.methodType().stringValue());
                }
            }
            return methods;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRestricted(MethodModel method) {
        return Stream.concat(
                        method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                                .flatMap(a -> a.annotations().stream()),
                        method.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                                .flatMap(a -> a.annotations().stream()))
                .anyMatch(
                        a -> a.className().stringValue().equals("Ljdk/internal/javac/Restricted;"));
    }

    /** Types of java.lang.foreign but MemorySegment in what an exported package offers. */
    List<String> foreignTypesInExportedSignatures() {
        Set<String> exported =
                descriptor.exports().stream()
                        .filter(export -> !export.isQualified())
                        .map(ModuleDescriptor.Exports::source)
                        .collect(Collectors.toSet());
        List<String> broken = new ArrayList<>();
        classes.forEach((from, model) -> {
            if (!exported.contains(packageOf(from)) || !isOffered(model.flags().flags())) {
                return;
            }
            model.fields().stream()
                    .filter(field -> isOffered(field.flags().flags()))
                    .forEach(
                            field -> broken.addAll(foreign(from, field.fieldType().stringValue())));
            model.methods().stream()
                    .filter(method -> isOffered(method.flags().flags()))
                    .forEach(method -> {
                        broken.addAll(foreign(from, method.methodType().stringValue()));
                        method.findAttribute(Attributes.signature())
                                .ifPresent(s ->
                                        broken.addAll(foreign(from, s.signature().stringValue())));
                    });
        });
        return broken;
    }

    private static boolean isOffered(Set<AccessFlag> flags) {
        return flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED);
    }

    private static List<String> foreign(String from, String signature) {
        Set<String> types = new TreeSet<>();
        collect(signature, types);
        return types.stream()
                .filter(type -> type.startsWith(FOREIGN) && !type.equals(FOREIGN + "MemorySegment"))
                .map(type -> from + " offers " + type)
                .toList();
    }

    /** Files that an operating system would load. */
    List<String> nativeFiles() {
        return entries.stream().filter(entry -> NATIVE_FILE.matcher(entry).matches()).toList();
    }

    /** Differences between module-info's provides and META-INF/services. */
    List<String> servicesThatDiffer() {
        Map<String, List<String>> provided = new TreeMap<>();
        for (ModuleDescriptor.Provides provides : descriptor.provides()) {
            provided.put(provides.service(), provides.providers());
        }
        Map<String, List<String>> listed = new TreeMap<>();
        services.forEach((service, text) ->
                listed.put(
                        service,
                        text.lines()
                                .map(line -> line.replaceFirst("#.*", "").strip())
                                .filter(line -> !line.isEmpty())
                                .toList()));
        return provided.equals(listed)
                ? List.of()
                : List.of("module-info provides " + provided + ", META-INF/services " + listed);
    }
}
