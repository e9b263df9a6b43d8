package io.concordat.benchmarks.avro.records;

/** The document. */
public record Strings(
        String text1,
        String text2,
        String text3,
        String text4,
        String text5,
        String text6,
        String text7,
        String text8,
        String text9,
        String text10,
        String text11,
        String text12,
        String text13,
        String text14,
        String text15,
        String text16,
        String text17,
        String text18,
        String text19,
        String text20) {}
