package checks

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/hamba/avro/v2"
)

// AvroValue makes a value that hamba/avro writes of one in Avro's JSON encoding.
func AvroValue(schema avro.Schema, value any) any {
	switch schema := schema.(type) {
	case *avro.RefSchema:
		return AvroValue(schema.Schema(), value)
	case *avro.RecordSchema:
		record := map[string]any{}
		for _, field := range schema.Fields() {
			record[field.Name()] = AvroValue(field.Type(), value.(map[string]any)[field.Name()])
		}
		return record
	case *avro.ArraySchema:
		array := []any{}
		for _, item := range value.([]any) {
			array = append(array, AvroValue(schema.Items(), item))
		}
		return array
	case *avro.MapSchema:
		entries := map[string]any{}
		for key, each := range value.(map[string]any) {
			entries[key] = AvroValue(schema.Values(), each)
		}
		return entries
	case *avro.UnionSchema:
		if value == nil {
			return nil
		}
		for name, branch := range value.(map[string]any) {
			of, _ := schema.Types().Get(name)
			return map[string]any{name: AvroValue(of, branch)}
		}
	case *avro.FixedSchema:
		array := reflect.New(reflect.ArrayOf(schema.Size(), reflect.TypeOf(byte(0)))).Elem()
		reflect.Copy(array, reflect.ValueOf(bytesOf(value.(string))))
		return array.Interface()
	}
	switch schema.Type() {
	case avro.Bytes:
		return bytesOf(value.(string))
	case avro.Long:
		if logicalType(schema) == avro.TimestampMillis {
			return time.UnixMilli(value.(int64))
		}
	case avro.Int:
		return int(value.(int64))
	case avro.Float:
		return float32(number(value))
	case avro.Double:
		return number(value)
	}
	return value
}

func number(value any) float64 {
	switch value := value.(type) {
	case int64:
		return float64(value)
	case float64:
		return value
	}
	return map[any]float64{"NaN": math.NaN(), "Infinity": math.Inf(1), "-Infinity": math.Inf(-1)}[value]
}

func bytesOf(text string) []byte {
	var all []byte
	for _, letter := range text {
		all = append(all, byte(letter))
	}
	return all
}

func textOf(all []byte) string {
	var text strings.Builder
	for _, each := range all {
		text.WriteRune(rune(each))
	}
	return text.String()
}

// AvroJSON gives a value that hamba/avro read in Avro's JSON encoding.
func AvroJSON(schema avro.Schema, value any) any {
	switch schema := schema.(type) {
	case *avro.RefSchema:
		return AvroJSON(schema.Schema(), value)
	case *avro.RecordSchema:
		record := map[string]any{}
		for _, field := range schema.Fields() {
			record[field.Name()] = AvroJSON(field.Type(), value.(map[string]any)[field.Name()])
		}
		return record
	case *avro.ArraySchema:
		array := []any{}
		for _, item := range value.([]any) {
			array = append(array, AvroJSON(schema.Items(), item))
		}
		return array
	case *avro.MapSchema:
		entries := map[string]any{}
		for key, each := range value.(map[string]any) {
			entries[key] = AvroJSON(schema.Values(), each)
		}
		return entries
	case *avro.UnionSchema:
		return unionJSON(schema, value)
	}
	if underlying, ok := withoutLogicalType(schema, value); ok {
		return underlying
	}
	if fixed := reflect.ValueOf(value); value != nil && fixed.Kind() == reflect.Array {
		all := make([]byte, fixed.Len())
		reflect.Copy(reflect.ValueOf(all), fixed)
		return textOf(all)
	}
	switch value := value.(type) {
	case nil, bool, string:
		return value
	case int:
		return int64(value)
	case int32:
		return int64(value)
	case int64:
		return value
	case float32:
		return floatJSON(float64(value))
	case float64:
		return floatJSON(value)
	case []byte:
		return textOf(value)
	}
	panic(fmt.Sprintf("%T read for %s", value, schema.Type()))
}

func logicalType(schema avro.Schema) avro.LogicalType {
	if of, ok := schema.(avro.LogicalTypeSchema); ok && of.Logical() != nil {
		return of.Logical().Type()
	}
	return ""
}

// withoutLogicalType gives the underlying form, as JSON, of what hamba/avro makes of logical types.
func withoutLogicalType(schema avro.Schema, value any) (any, bool) {
	switch value := value.(type) {
	case time.Time:
		switch logicalType(schema) {
		case avro.Date:
			return value.Unix() / (24 * 60 * 60), true
		case avro.TimestampMicros, avro.LocalTimestampMicros:
			return value.UnixMicro(), true
		}
		return value.UnixMilli(), true
	case time.Duration:
		if logicalType(schema) == avro.TimeMicros {
			return value.Microseconds(), true
		}
		return value.Milliseconds(), true
	case *big.Rat:
		return textOf(decimal(schema, value)), true
	case avro.LogicalDuration:
		var all []byte
		for _, part := range []uint32{value.Months, value.Days, value.Milliseconds} {
			all = binary.LittleEndian.AppendUint32(all, part)
		}
		return textOf(all), true
	}
	return nil, false
}

// decimal gives the bytes of a decimal: its unscaled value, as few as there may be or as many as a fixed has.
func decimal(schema avro.Schema, value *big.Rat) []byte {
	scale := schema.(avro.LogicalTypeSchema).Logical().(*avro.DecimalLogicalSchema).Scale()
	unscaled := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	unscaled.Mul(unscaled, value.Num()).Div(unscaled, value.Denom())
	size := 1
	for bound := big.NewInt(128); unscaled.Cmp(bound) >= 0 || unscaled.Cmp(new(big.Int).Neg(bound)) < 0; bound.Lsh(bound, 8) {
		size++
	}
	if fixed, ok := schema.(*avro.FixedSchema); ok {
		size = fixed.Size()
	}
	if unscaled.Sign() < 0 {
		unscaled.Add(unscaled, new(big.Int).Lsh(big.NewInt(1), uint(8*size)))
	}
	return unscaled.FillBytes(make([]byte, size))
}

func floatJSON(value float64) any {
	switch {
	case math.IsNaN(value):
		return "NaN"
	case math.IsInf(value, 0):
		return map[bool]string{true: "Infinity", false: "-Infinity"}[value > 0]
	}
	return plain(json.Number(strconv.FormatFloat(value, 'g', -1, 64)))
}

func unionJSON(schema *avro.UnionSchema, value any) any {
	if value == nil {
		return nil
	}
	if branch, ok := value.(map[string]any); ok && len(branch) == 1 {
		for name, each := range branch {
			for _, of := range schema.Types() {
				if plain := branchName(of); name == plain || name == plain+"."+string(logicalType(of)) {
					return map[string]any{plain: AvroJSON(of, each)}
				}
			}
		}
	}
	for _, of := range schema.Types() {
		if of.Type() != avro.Null && fits(of, value) {
			return map[string]any{branchName(of): AvroJSON(of, value)}
		}
	}
	panic(fmt.Sprintf("%T fits no branch", value))
}

func branchName(schema avro.Schema) string {
	if named, ok := schema.(avro.NamedSchema); ok {
		return named.FullName()
	}
	if reference, ok := schema.(*avro.RefSchema); ok {
		return reference.Schema().FullName()
	}
	return string(schema.Type())
}

func fits(schema avro.Schema, value any) bool {
	if reference, ok := schema.(*avro.RefSchema); ok {
		schema = reference.Schema()
	}
	if value != nil && reflect.TypeOf(value).Kind() == reflect.Array {
		return schema.Type() == avro.Fixed
	}
	switch value.(type) {
	case time.Time, time.Duration, *big.Rat, avro.LogicalDuration:
		return logicalType(schema) != ""
	case bool:
		return schema.Type() == avro.Boolean
	case string:
		return schema.Type() == avro.String || schema.Type() == avro.Enum
	case int, int32:
		return schema.Type() == avro.Int
	case int64:
		return schema.Type() == avro.Long
	case float32:
		return schema.Type() == avro.Float
	case float64:
		return schema.Type() == avro.Double
	case []byte:
		return schema.Type() == avro.Bytes
	case []any:
		return schema.Type() == avro.Array
	case map[string]any:
		return schema.Type() == avro.Map || schema.Type() == avro.Record
	}
	return false
}

// WithoutLogicalTypes has the schema's values in their underlying form.
func WithoutLogicalTypes(text string) string {
	return string(Must(json.Marshal(withoutLogicalTypes(Parse([]byte(text))))))
}

func withoutLogicalTypes(schema any) any {
	switch schema := schema.(type) {
	case []any:
		for i, each := range schema {
			schema[i] = withoutLogicalTypes(each)
		}
	case map[string]any:
		if _, isField := schema["default"]; isField || schema["type"] != nil {
			delete(schema, "logicalType")
		}
		for _, member := range []string{"type", "items", "values", "fields"} {
			if schema[member] != nil {
				schema[member] = withoutLogicalTypes(schema[member])
			}
		}
	}
	return schema
}
