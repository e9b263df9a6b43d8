package checks

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/bufbuild/protocompile"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"

	// Files that any other may import.
	_ "google.golang.org/protobuf/types/known/anypb"
	_ "google.golang.org/protobuf/types/known/apipb"
	_ "google.golang.org/protobuf/types/known/durationpb"
	_ "google.golang.org/protobuf/types/known/emptypb"
	_ "google.golang.org/protobuf/types/known/fieldmaskpb"
	_ "google.golang.org/protobuf/types/known/sourcecontextpb"
	_ "google.golang.org/protobuf/types/known/structpb"
	_ "google.golang.org/protobuf/types/known/timestamppb"
	_ "google.golang.org/protobuf/types/known/typepb"
	_ "google.golang.org/protobuf/types/known/wrapperspb"
)

// Texts are a Protobuf schema's own text and those of what it refers to, by the names of the references. Each is the text of a file
// or, as the registry has it under format=serialized, its descriptor.
type Texts struct {
	Own   string
	Other map[string]string
}

// TextsOf are those of a row.
func TextsOf(row Row) Texts {
	subjects := map[string]string{}
	var other = map[string]string{}
	for _, referenced := range row.Referenced {
		subjects[referenced.Subject] = referenced.Schema
	}
	for _, referring := range append([]Row{row}, row.Referenced...) {
		for _, reference := range referring.References {
			other[reference.Name] = subjects[reference.Subject]
		}
	}
	return Texts{row.Schema, other}
}

// File is what the texts describe.
func (t Texts) File() protoreflect.FileDescriptor {
	if _, err := base64.StdEncoding.DecodeString(t.Own); err == nil {
		return t.link(t.Own, "own.proto", new(protoregistry.Files))
	}
	texts := map[string]string{"own.proto": t.Own}
	for name, text := range t.Other {
		texts[name] = text
	}
	compiler := protocompile.Compiler{
		Resolver: protocompile.WithStandardImports(&protocompile.SourceResolver{Accessor: protocompile.SourceAccessorFromMap(texts)}),
	}
	return Must(compiler.Compile(context.Background(), "own.proto"))[0]
}

func (t Texts) link(text, name string, known *protoregistry.Files) protoreflect.FileDescriptor {
	var described descriptorpb.FileDescriptorProto
	if err := proto.Unmarshal(Must(base64.StdEncoding.DecodeString(text)), &described); err != nil {
		panic(err)
	}
	described.Name = &name
	for _, dependency := range described.Dependency {
		if _, err := known.FindFileByPath(dependency); err == nil {
			continue
		}
		if other, ok := t.Other[dependency]; ok {
			t.link(other, dependency, known)
		} else if err := known.RegisterFile(Must(protoregistry.GlobalFiles.FindFileByPath(dependency))); err != nil {
			panic(err)
		}
	}
	file := Must(protodesc.NewFile(&described, known))
	if err := known.RegisterFile(file); err != nil {
		panic(err)
	}
	return file
}

// MessageType is that of a name, and its message indexes.
func (t Texts) MessageType(name string) (protoreflect.MessageDescriptor, []int) {
	var search func(messages protoreflect.MessageDescriptors, path []int) (protoreflect.MessageDescriptor, []int)
	search = func(messages protoreflect.MessageDescriptors, path []int) (protoreflect.MessageDescriptor, []int) {
		for i := range messages.Len() {
			here := append(append([]int{}, path...), i)
			if message := messages.Get(i); string(message.FullName()) == name {
				return message, here
			} else if found, at := search(message.Messages(), here); found != nil {
				return found, at
			}
		}
		return nil, nil
	}
	found, path := search(t.File().Messages(), nil)
	if found == nil {
		panic(fmt.Sprintf("there is no message %s", name))
	}
	return found, path
}

// ProtobufValue makes a message of proto3 JSON.
func ProtobufValue(descriptor protoreflect.MessageDescriptor, value []byte) proto.Message {
	message := dynamicpb.NewMessage(descriptor)
	options := protojson.UnmarshalOptions{Resolver: dynamicpb.NewTypes(files(descriptor))}
	if err := options.Unmarshal(value, message); err != nil {
		panic(err)
	}
	return message
}

// ProtobufJSON gives a message as proto3 JSON.
func ProtobufJSON(message proto.Message) []byte {
	options := protojson.MarshalOptions{Resolver: dynamicpb.NewTypes(files(message.ProtoReflect().Descriptor()))}
	return Must(options.Marshal(message))
}

func files(descriptor protoreflect.MessageDescriptor) *protoregistry.Files {
	files := new(protoregistry.Files)
	var add func(file protoreflect.FileDescriptor)
	add = func(file protoreflect.FileDescriptor) {
		if _, err := files.FindFileByPath(file.Path()); err == nil {
			return
		}
		for i := range file.Imports().Len() {
			add(file.Imports().Get(i).FileDescriptor)
		}
		if err := files.RegisterFile(file); err != nil {
			panic(err)
		}
	}
	add(descriptor.ParentFile())
	return files
}
