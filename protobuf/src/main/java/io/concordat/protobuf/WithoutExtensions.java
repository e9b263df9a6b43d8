package io.concordat.protobuf;

import io.concordat.protobuf.Tree.Element;
import io.concordat.protobuf.Tree.EnumType;
import io.concordat.protobuf.Tree.EnumValue;
import io.concordat.protobuf.Tree.Extend;
import io.concordat.protobuf.Tree.Extensions;
import io.concordat.protobuf.Tree.Field;
import io.concordat.protobuf.Tree.File;
import io.concordat.protobuf.Tree.Message;
import io.concordat.protobuf.Tree.Method;
import io.concordat.protobuf.Tree.Oneof;
import io.concordat.protobuf.Tree.Option;
import io.concordat.protobuf.Tree.Parent;
import io.concordat.protobuf.Tree.Service;
import java.util.List;

/** A file for those who know nothing of extensions: it defines none, and has no options that are some. */
final class WithoutExtensions {
    private WithoutExtensions() {}

    static File of(File file) {
        return new File(file.syntax(), file.packageName(), file.imports(), elements(file));
    }

    private static List<Element> elements(Parent parent) {
        return parent.elements().stream()
                .filter(element ->
                        !(element instanceof Extend) && !(element instanceof Option option && option.isCustom()))
                .map(WithoutExtensions::element)
                .toList();
    }

    private static Element element(Element element) {
        if (element instanceof Message message) {
            return new Message(message.name(), elements(message));
        }
        if (element instanceof Oneof oneof) {
            return new Oneof(oneof.name(), elements(oneof));
        }
        if (element instanceof EnumType type) {
            return new EnumType(type.name(), elements(type));
        }
        if (element instanceof Service service) {
            return new Service(service.name(), elements(service));
        }
        return element instanceof Field field ? field(field) : withOptions(element);
    }

    private static Field field(Field field) {
        Message group = field.group();
        return new Field(
                field.label(),
                field.type(),
                field.mapKey(),
                field.name(),
                field.number(),
                options(field.options()),
                group == null ? null : new Message(group.name(), elements(group)));
    }

    private static Element withOptions(Element element) {
        if (element instanceof EnumValue value) {
            return new EnumValue(value.name(), value.number(), options(value.options()));
        }
        if (element instanceof Extensions extensions) {
            return new Extensions(extensions.ranges(), options(extensions.options()));
        }
        return element instanceof Method method
                ? new Method(
                        method.name(),
                        method.input(),
                        method.inputStreams(),
                        method.output(),
                        method.outputStreams(),
                        options(method.options()),
                        method.block())
                : element;
    }

    private static List<Option> options(List<Option> options) {
        return options.stream().filter(option -> !option.isCustom()).toList();
    }
}
