package io.concordat.protobuf;

import io.concordat.api.SchemaTags;
import io.concordat.api.SchemaTags.Entity;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.protobuf.Tree.Block;
import io.concordat.protobuf.Tree.Element;
import io.concordat.protobuf.Tree.Entry;
import io.concordat.protobuf.Tree.Field;
import io.concordat.protobuf.Tree.File;
import io.concordat.protobuf.Tree.Import;
import io.concordat.protobuf.Tree.Message;
import io.concordat.protobuf.Tree.NamePart;
import io.concordat.protobuf.Tree.Oneof;
import io.concordat.protobuf.Tree.Option;
import io.concordat.protobuf.Tree.Text;
import io.concordat.protobuf.Tree.Value;
import io.concordat.protobuf.Tree.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The tags in a file: part of an option of messages and of fields. */
final class InlineTags {
    private static final String META = "confluent/meta.proto";
    private static final String TAGS = "tags";

    private final Map<Part, Set<String>> tags = new LinkedHashMap<>();

    private record Part(String path, Entity entity) {
        static Part of(SchemaTags tags) {
            return new Part(tags.path(), tags.entity());
        }
    }

    private InlineTags() {}

    static List<SchemaTags> of(File file) {
        List<SchemaTags> all = new ArrayList<>();
        read(file).tags.forEach((part, names) -> {
            if (!names.isEmpty()) {
                all.add(new SchemaTags(part.path(), part.entity(), List.copyOf(names)));
            }
        });
        return all;
    }

    /** @throws InvalidSchemaException if the file does not define a part that is to get or lose a tag */
    static File change(File file, List<SchemaTags> inherited, List<SchemaTags> remove, List<SchemaTags> add) {
        InlineTags tags = read(file);
        inherited.stream()
                .filter(change -> tags.tags.containsKey(Part.of(change)))
                .forEach(change -> tags.require(change).addAll(change.tags()));
        remove.forEach(change -> change.tags().forEach(tags.require(change)::remove));
        add.forEach(change -> tags.require(change).addAll(change.tags()));
        return tags.written(file);
    }

    private static InlineTags read(File file) {
        InlineTags tags = new InlineTags();
        file.messages().forEach(message -> tags.read(message, file.packageName()));
        return tags;
    }

    private void read(Message message, String around) {
        String name = Names.within(around, message.name());
        tags.put(new Part(name, Entity.RECORD), tags(message.options(), Entity.RECORD));
        message.all(Field.class).forEach(field -> read(field, name));
        message.all(Oneof.class).forEach(oneof -> oneof.fields().forEach(field -> read(field, name)));
        message.messages().forEach(nested -> read(nested, name));
    }

    private void read(Field field, String message) {
        tags.put(new Part(message + "." + field.name(), Entity.FIELD), tags(field.options(), Entity.FIELD));
    }

    private Set<String> require(SchemaTags change) {
        Set<String> found = tags.get(Part.of(change));
        if (found == null) {
            throw new InvalidSchemaException(
                    "The schema defines no " + change.entity().json() + " '" + change.path() + "'");
        }
        return found;
    }

    private File written(File file) {
        List<Element> elements = new ArrayList<>();
        for (Element element : file.elements()) {
            elements.add(element instanceof Message message ? written(message, file.packageName()) : element);
        }
        List<Import> imports = new ArrayList<>(file.imports());
        if (!of(new File(file.syntax(), file.packageName(), imports, elements)).isEmpty()
                && imports.stream().noneMatch(imported -> imported.path().equals(META))) {
            imports.add(new Import(Import.Kind.PLAIN, META));
        }
        return new File(file.syntax(), file.packageName(), imports, elements);
    }

    private Message written(Message message, String around) {
        String name = Names.within(around, message.name());
        List<Element> elements = new ArrayList<>(written(new Part(name, Entity.RECORD), message.options()));
        for (Element element : message.elements()) {
            if (element instanceof Field field) {
                elements.add(written(field, name));
            } else if (element instanceof Oneof oneof) {
                elements.add(new Oneof(
                        oneof.name(),
                        oneof.elements().stream()
                                .map(each -> each instanceof Field field ? written(field, name) : each)
                                .toList()));
            } else if (element instanceof Message nested) {
                elements.add(written(nested, name));
            } else if (!(element instanceof Option)) {
                elements.add(element);
            }
        }
        return new Message(message.name(), elements);
    }

    private Field written(Field field, String message) {
        return field.withOptions(written(new Part(message + "." + field.name(), Entity.FIELD), field.options()));
    }

    /** The options as they are if the tags have not changed; else with all that is said by the option in one place. */
    private List<Option> written(Part part, List<Option> options) {
        Set<String> wanted = tags.getOrDefault(part, Set.of());
        if (wanted.equals(tags(options, part.entity()))) {
            return options;
        }
        List<Option> changed = new ArrayList<>();
        List<Entry> rest = new ArrayList<>();
        for (Option option : options) {
            if (isMeta(option, part.entity())) {
                entries(option).stream()
                        .filter(entry -> !entry.name().equals(TAGS))
                        .forEach(rest::add);
            } else {
                changed.add(option);
            }
        }
        meta(wanted, rest, new NamePart(option(part.entity()), true)).forEach(changed::add);
        return changed;
    }

    private static List<Option> meta(Set<String> wanted, List<Entry> rest, NamePart name) {
        List<Value> texts = wanted.stream().<Value>map(Text::of).toList();
        if (rest.isEmpty() && texts.size() == 1) {
            return List.of(new Option(List.of(name, new NamePart(TAGS, false)), texts.get(0)));
        }
        List<Entry> entries = new ArrayList<>(rest);
        if (!texts.isEmpty()) {
            entries.add(new Entry(TAGS, new Values(texts)));
        }
        return entries.isEmpty() ? List.of() : List.of(new Option(List.of(name), new Block(entries)));
    }

    private static Set<String> tags(List<Option> options, Entity entity) {
        Set<String> names = new LinkedHashSet<>();
        Function<Value, List<Value>> each = value -> value instanceof Values values ? values.values() : List.of(value);
        for (Option option : options) {
            if (isMeta(option, entity)) {
                entries(option).stream()
                        .filter(entry -> entry.name().equals(TAGS))
                        .flatMap(entry -> each.apply(entry.value()).stream())
                        .filter(Text.class::isInstance)
                        .forEach(text -> names.add(((Text) text).bytes().toStringUtf8()));
            }
        }
        return names;
    }

    private static boolean isMeta(Option option, Entity entity) {
        NamePart first = option.name().get(0);
        String name = first.name().startsWith(".") ? first.name().substring(1) : first.name();
        return first.extension() && name.equals(option(entity)) && option.name().size() <= 2;
    }

    private static List<Entry> entries(Option option) {
        if (option.name().size() == 2) {
            return List.of(new Entry(option.name().get(1).name(), option.value()));
        }
        return option.value() instanceof Block block ? block.entries() : List.of();
    }

    private static String option(Entity entity) {
        return entity == Entity.RECORD ? "confluent.message_meta" : "confluent.field_meta";
    }
}
