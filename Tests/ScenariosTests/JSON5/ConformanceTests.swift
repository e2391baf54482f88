import Configuration
import Foundation
import Testing

@testable import Scenarios

/// Public suites of JSON and JSON5 texts, in the folder that `DEPINSIM_JSON_CONFORMANCE` names:
/// `json/` in the naming of JSONTestSuite, `json5/` in that of json5-tests.
@Suite(
  .enabled(if: Conformance.folder != nil, "DEPINSIM_JSON_CONFORMANCE names no folder of texts"))
struct ConformanceTests {
  @Test(arguments: Conformance.texts(in: "json", prefixes: ["y_"]))
  func `every JSON text that must be accepted is accepted`(path: String) throws {
    #expect(try Conformance.parse(path).node != nil)
  }

  @Test(arguments: Conformance.texts(in: "json", prefixes: ["n_"]))
  func `every text that is neither JSON nor JSON5 is refused`(path: String) throws {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    #expect((try Conformance.parse(path).node != nil) == Conformance.isJSON5.contains(name))
  }

  @Test(arguments: Conformance.texts(in: "json", prefixes: ["i_"]))
  func `a text that JSON leaves open is accepted, or refused with a reason`(path: String) throws {
    let parsed = try Conformance.parse(path)
    #expect(parsed.node != nil || !parsed.issues.isEmpty)
  }

  @Test(arguments: Conformance.texts(in: "json5", suffixes: [".json", ".json5"]))
  func `every JSON5 text is accepted`(path: String) throws {
    #expect(try Conformance.parse(path).node != nil)
  }

  @Test(arguments: Conformance.texts(in: "json5", suffixes: [".js", ".txt"]))
  func `every text that only other languages accept is refused`(path: String) throws {
    let parsed = try Conformance.parse(path)
    #expect(parsed.node == nil && !parsed.issues.isEmpty)
  }
}

enum Conformance {
  static let folder = ProcessInfo.processInfo.environment["DEPINSIM_JSON_CONFORMANCE"]

  /// Texts that JSON refuses and JSON5 allows: comments, trailing commas, single quotes, unquoted
  /// keys, other number forms, other escapes and white space.
  static let isJSON5: Set<String> = [
    "n_array_extra_comma.json", "n_array_number_and_comma.json", "n_number_+1.json",
    "n_number_-2..json", "n_number_-NaN.json", "n_number_.2e-3.json", "n_number_0.e1.json",
    "n_number_2.e+3.json", "n_number_2.e-3.json", "n_number_2.e3.json", "n_number_NaN.json",
    "n_number_hex_1_digit.json", "n_number_hex_2_digits.json", "n_number_infinity.json",
    "n_number_minus_infinity.json", "n_number_neg_real_without_int_part.json",
    "n_number_real_without_fractional_part.json", "n_number_starting_with_dot.json",
    "n_object_key_with_single_quotes.json", "n_object_repeated_null_null.json",
    "n_object_single_quote.json", "n_object_trailing_comma.json", "n_object_trailing_comment.json",
    "n_object_trailing_comment_slash_open.json", "n_object_unquoted_key.json",
    "n_string_escape_x.json", "n_string_escaped_ctrl_char_tab.json", "n_string_escaped_emoji.json",
    "n_string_invalid_backslash_esc.json", "n_string_single_quote.json",
    "n_string_unescaped_tab.json", "n_string_unicode_CapitalU.json",
    "n_structure_object_with_comment.json", "n_structure_whitespace_formfeed.json",
  ]

  static func texts(
    in part: String, prefixes: [String] = [""], suffixes: [String] = [""]
  ) -> [String] {
    guard let folder else { return [] }
    let paths = FileManager.default.enumerator(atPath: "\(folder)/\(part)")?.allObjects ?? []
    return paths.compactMap { $0 as? String }.filter { path in
      let name = path.split(separator: "/").last ?? ""
      return name.contains(".") && prefixes.contains { name.hasPrefix($0) }
        && suffixes.contains { name.hasSuffix($0) }
    }.sorted().map { "\(folder)/\(part)/\($0)" }
  }

  static func parse(_ path: String) throws -> ParsedText {
    let data = try Data(contentsOf: URL(filePath: path))
    return JSON5Parser.parse([UInt8](data), file: path)
  }
}
