import Terminal

/// Where everything goes on a screen of some size.
struct Layout: Hashable, Sendable {
  /// The first row.
  let status: Rect
  /// What was said.
  let transcript: Rect
  /// The form.
  let form: Rect
  /// The focused field in full.
  let detail: Rect
  /// The row above the key bar; more where a problem needs more words.
  let notice: Rect
  /// The last row.
  let bar: Rect
  /// Whether transcript and form stand side by side.
  let isWide: Bool

  /// The smallest screen on which the desk can be used.
  static let minimum = Size(rows: 12, columns: 40)

  /// Whether a screen is large enough.
  static func fits(_ size: Size) -> Bool {
    size.rows >= minimum.rows && size.columns >= minimum.columns
  }

  init(size: Size, noticeRows: Int = 1, isChoosing: Bool = false) {
    let all = Rect(rows: size.rows, columns: size.columns)
    let (status, rest) = all.top(1)
    let (upper, bar) = rest.bottom(1)
    let (body, notice) = upper.bottom(noticeRows)
    self.status = status
    self.bar = bar
    self.notice = notice
    isWide = size.columns >= 72
    if isWide {
      let (left, right) = body.left(size.columns * 46 / 100)
      let (form, detail) = right.bottom(isChoosing ? body.rows / 2 : size.rows >= 30 ? 6 : 5)
      transcript = Rect(row: left.row, column: 0, rows: left.rows, columns: left.columns - 1)
      self.form = form
      self.detail = detail
    } else {
      let (top, rest) = body.top(max(2, body.rows / 4))
      let (form, detail) = rest.bottom(isChoosing ? rest.rows - 2 : 3)
      transcript = top
      self.form = form
      self.detail = detail
    }
  }
}

extension DeskState {
  /// Where everything goes; a problem has the rows that its words need, a list of choices those it can get.
  func layout(_ size: Size) -> Layout {
    let lines = noticeLines(columns: size.columns).count
    // On a small screen the question before the recording needs every row.
    let limit = size.rows >= 16 ? 3 : view == .consent ? 1 : 2
    var isChoosing = false
    if case .editing(let editing) = view { isChoosing = choices(editing) != nil }
    return Layout(size: size, noticeRows: min(max(1, lines), limit), isChoosing: isChoosing)
  }

  /// The notice as lines; only a problem has more than one.
  func noticeLines(columns: Int) -> [String] {
    guard let notice else { return [] }
    guard notice.weight == .problem else { return [TextWidth.fit(notice.text, columns)] }
    return Wrap.lines("⚠ " + notice.text, columns: columns)
  }
}
