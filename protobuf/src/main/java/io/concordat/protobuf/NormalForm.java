package io.concordat.protobuf;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.protobuf.Tree.Block;
import io.concordat.protobuf.Tree.Element;
import io.concordat.protobuf.Tree.Entry;
import io.concordat.protobuf.Tree.EnumType;
import io.concordat.protobuf.Tree.EnumValue;
import io.concordat.protobuf.Tree.Extend;
import io.concordat.protobuf.Tree.Extensions;
import io.concordat.protobuf.Tree.Field;
import io.concordat.protobuf.Tree.File;
import io.concordat.protobuf.Tree.Import;
import io.concordat.protobuf.Tree.Message;
import io.concordat.protobuf.Tree.Method;
import io.concordat.protobuf.Tree.NamePart;
import io.concordat.protobuf.Tree.Oneof;
import io.concordat.protobuf.Tree.Option;
import io.concordat.protobuf.Tree.Parent;
import io.concordat.protobuf.Tree.Range;
import io.concordat.protobuf.Tree.Reserved;
import io.concordat.protobuf.Tree.Service;
import io.concordat.protobuf.Tree.Syntax;
import io.concordat.protobuf.Tree.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file without what means nothing: fields by number, names in full, ranges one by one, map fields as such, options by name. The
 * order of messages means something, and stays. Making it finds out whether every type is known.
 */
final class NormalForm {
    private final Names names;
    private int characters;

    private NormalForm(Names names) {
        this.names = names;
    }

    /** @throws NameProblem if a type is not known, or the key of a map is none */
    static File of(File file, Names names) {
        return new NormalForm(names).file(file);
    }

    private File file(File file) {
        List<Import> imports = file.imports().stream()
                .sorted(Comparator.comparing(Import::path))
                .distinct()
                .toList();
        String scope = file.packageName();
        List<Element> elements = new ArrayList<>(options(file.options(), scope));
        for (Element element : file.elements()) {
            if (!(element instanceof Option)) {
                elements.add(topLevel(element, scope));
            }
        }
        Syntax syntax = file.syntax() == Syntax.PROTO2 ? Syntax.UNSTATED : file.syntax();
        return new File(syntax, file.packageName(), imports, elements);
    }

    private Element topLevel(Element element, String scope) {
        if (element instanceof Message message) {
            return message(message, scope);
        }
        if (element instanceof EnumType type) {
            return enumType(type, scope);
        }
        if (element instanceof Extend extend) {
            return extend(extend, scope);
        }
        return element instanceof Service service ? service(service, scope) : element;
    }

    private Message message(Message message, String around) {
        String scope = Names.within(around, message.name());
        List<Element> elements = new ArrayList<>(reserved(message));
        elements.addAll(options(message.options(), scope));
        elements.addAll(fields(message, scope));
        message.all(Oneof.class).stream()
                .filter(oneof -> !oneof.fields().isEmpty())
                .map(oneof -> oneof(oneof, scope))
                .sorted(Comparator.comparingInt(oneof -> oneof.fields().get(0).number()))
                .forEach(elements::add);
        elements.addAll(extensions(message, scope));
        message.all(Extend.class).forEach(extend -> elements.add(extend(extend, scope)));
        message.messages().stream()
                .filter(nested -> !nested.isMapEntry())
                .forEach(nested -> elements.add(message(nested, scope)));
        message.all(EnumType.class).forEach(type -> elements.add(enumType(type, scope)));
        return new Message(message.name(), elements);
    }

    private List<Field> fields(Parent parent, String scope) {
        return parent.all(Field.class).stream()
                .map(field -> field(field, scope))
                .sorted(Comparator.comparingInt(Field::number))
                .toList();
    }

    private Oneof oneof(Oneof oneof, String scope) {
        List<Element> elements = new ArrayList<>(options(oneof.options(), scope));
        elements.addAll(fields(oneof, scope));
        return new Oneof(oneof.name(), elements);
    }

    private Field field(Field field, String scope) {
        Field normal = field.withOptions(options(field.options(), scope));
        Message group = field.group();
        if (group != null) {
            return new Field(
                    field.label(),
                    field.type(),
                    null,
                    field.name(),
                    field.number(),
                    normal.options(),
                    message(group, scope));
        }
        String key = field.mapKey();
        if (key != null) {
            return map(normal, key, field.type(), scope);
        }
        if (Scalars.isScalar(field.type())) {
            return normal;
        }
        Names.Found type = require(field.type(), scope);
        Optional<Field> entry = MapEntries.of(field, type);
        return entry.isPresent()
                ? map(normal, String.valueOf(entry.get().mapKey()), entry.get().type(), type.fullName())
                : normal.withType("." + type.fullName());
    }

    private Field map(Field field, String key, String value, String scope) {
        if (!Scalars.canBeMapKey(key)) {
            throw NameProblem.mapKey(key, scope);
        }
        return new Field(null, type(value, scope), key, field.name(), field.number(), field.options(), null);
    }

    private String type(String name, String scope) {
        return Scalars.isScalar(name) ? name : "." + require(name, scope).fullName();
    }

    /** Short names may stand for long ones. */
    private Names.Found require(String name, String scope) {
        Names.Found found = names.require(name, scope);
        characters += found.fullName().length();
        if (characters > ProtoPrinter.MAX_CHARACTERS) {
            throw new InvalidSchemaException(ProtoPrinter.TOO_LONG);
        }
        return found;
    }

    private static List<Reserved> reserved(Parent parent) {
        List<Range> ranges = new ArrayList<>();
        List<String> reservedNames = new ArrayList<>();
        parent.all(Reserved.class).forEach(reserved -> {
            ranges.addAll(reserved.ranges());
            reservedNames.addAll(reserved.names());
        });
        List<Reserved> single = new ArrayList<>();
        sorted(ranges).forEach(range -> single.add(new Reserved(List.of(range), List.of())));
        reservedNames.stream().sorted().distinct().forEach(name -> single.add(new Reserved(List.of(), List.of(name))));
        return single;
    }

    private static List<Range> sorted(List<Range> ranges) {
        return ranges.stream()
                .sorted(Comparator.comparingInt(Range::start).thenComparingInt(Range::end))
                .distinct()
                .toList();
    }

    private List<Extensions> extensions(Message message, String scope) {
        List<Extensions> single = new ArrayList<>();
        message.all(Extensions.class)
                .forEach(extensions -> extensions
                        .ranges()
                        .forEach(range ->
                                single.add(new Extensions(List.of(range), options(extensions.options(), scope)))));
        single.sort(
                Comparator.comparingInt(extensions -> extensions.ranges().get(0).start()));
        return single;
    }

    private EnumType enumType(EnumType type, String around) {
        String scope = Names.within(around, type.name());
        List<Element> elements = new ArrayList<>(reserved(type));
        elements.addAll(options(type.options(), scope));
        type.all(EnumValue.class).stream()
                .sorted(Comparator.comparingInt(EnumValue::number).thenComparing(EnumValue::name))
                .map(value -> new EnumValue(value.name(), value.number(), options(value.options(), scope)))
                .forEach(elements::add);
        return new EnumType(type.name(), elements);
    }

    private Extend extend(Extend extend, String scope) {
        return new Extend("." + require(extend.type(), scope).fullName(), new ArrayList<>(fields(extend, scope)));
    }

    private Service service(Service service, String around) {
        String scope = Names.within(around, service.name());
        List<Element> elements = new ArrayList<>(options(service.options(), scope));
        service.all(Method.class)
                .forEach(method -> elements.add(new Method(
                        method.name(),
                        type(method.input(), scope),
                        method.inputStreams(),
                        type(method.output(), scope),
                        method.outputStreams(),
                        options(method.options(), scope),
                        method.block())));
        return new Service(service.name(), elements);
    }

    /** By name, with those that set parts of one extension put together. */
    private List<Option> options(List<Option> options, String scope) {
        Map<String, List<Option>> byName = new LinkedHashMap<>();
        for (Option option : options) {
            Option resolved = new Option(
                    option.name().stream().map(part -> part(part, scope)).toList(), option.value());
            byName.computeIfAbsent(mergeKey(resolved), key -> new ArrayList<>()).add(resolved);
        }
        List<Option> normal = new ArrayList<>();
        byName.values().forEach(same -> {
            if (same.size() > 1 && same.get(0).isCustom() && mergeable(same)) {
                normal.add(merged(same));
            } else {
                normal.addAll(same);
            }
        });
        normal.sort(Comparator.comparing(option -> ProtoPrinter.name(option.name())));
        return normal;
    }

    private static String mergeKey(Option option) {
        return option.isCustom() ? ProtoPrinter.name(option.name().subList(0, 1)) : ProtoPrinter.name(option.name());
    }

    private boolean mergeable(List<Option> options) {
        NamePart first = options.get(0).name().get(0);
        return first.extension()
                && !names.isRepeated(first.name())
                && options.stream().allMatch(NormalForm::setsParts);
    }

    private static boolean setsParts(Option option) {
        return option.value() instanceof Block
                || (option.name().size() > 1 && option.name().stream().skip(1).noneMatch(NamePart::extension));
    }

    private static Option merged(List<Option> options) {
        List<Entry> entries = new ArrayList<>();
        for (Option option : options) {
            Value value = option.value();
            for (int i = option.name().size() - 1; i > 0; i--) {
                value = new Block(List.of(new Entry(option.name().get(i).name(), value)));
            }
            entries.addAll(((Block) value).entries());
        }
        return new Option(options.get(0).name().subList(0, 1), new Block(entries));
    }

    private NamePart part(NamePart part, String scope) {
        @Nullable String fullName = part.extension() ? names.extension(part.name(), scope) : null;
        return fullName == null ? part : new NamePart(fullName, true);
    }
}
