import Forms
import Interview
import Store

/// A submission as an XForms instance (ODK XForms specification; OpenRosa metadata schema).
///
/// Elements are the form's fields in their order. Codes of a multiple choice are separated by spaces. Values that no person
/// confirmed or wrote are left out.
enum XFormRecord {
  /// The record; the same submission gives the same bytes.
  static func xml(_ row: SubmissionRow) -> [UInt8] {
    let summary = row.summary
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <data xmlns:orx="http://openrosa.org/xforms" id="\(escape(summary.form))" \
      version="\(escape(summary.formVersion))">

      """
    for field in row.fields {
      let name = field.name.rawValue
      if let value = field.value, field.status.isDecided, !value.isEmpty {
        text += "  <\(name)>\(escape(content(value)))</\(name)>\n"
      } else {
        text += "  <\(name)/>\n"
      }
    }
    text += """
        <orx:meta>
          <orx:instanceID>uuid:\(escape(summary.id))</orx:instanceID>
          <orx:timeStart>\(HTTPDate.iso(summary.created / 1_000))</orx:timeStart>
          <orx:timeEnd>\(HTTPDate.iso(summary.submitted / 1_000))</orx:timeEnd>
        </orx:meta>
      </data>

      """
    return Array(text.utf8)
  }

  private static func content(_ value: FieldValue) -> String {
    if case .list(let items) = value { return items.joined(separator: " ") }
    return value.displayText
  }

  /// The text with what XML 1.0 reserves as entities, and what it forbids replaced.
  static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\r": result += "&#13;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case ..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
