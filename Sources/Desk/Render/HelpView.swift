import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The keys that work where the help was opened, made from the command table, and the marks.
enum HelpView {
  static func page(_ state: DeskState, _ size: Size) -> ReadingView.Page {
    ReadingView.Page(title: state.catalogue.text("help.title"), lines: lines(state, size))
  }

  /// A command where its text may take several lines.
  private static func entry(_ keys: String, _ help: [String]) -> [[ReadingView.Part]] {
    help.enumerated().map { index, line in
      let head: [ReadingView.Part] =
        index == 0 ? [(TextWidth.fit(keys, 12), 1, Style(.cyan))] : []
      return head + [(line, 14, .plain)]
    }
  }

  private static func lines(_ state: DeskState, _ size: Size) -> [[ReadingView.Part]] {
    guard case .help(let before) = state.view else { return [] }
    let commands = Command.available(in: state.context(of: before))
    let columns = size.columns >= 110 ? 2 : 1
    let width = size.columns / columns
    let perColumn = (commands.count + columns - 1) / columns
    var lines = [[ReadingView.Part]](repeating: [], count: columns == 1 ? 0 : perColumn)
    for (index, command) in commands.enumerated() {
      let column = index / perColumn * width + 1
      let keys = state.keys.keys(command.id).map(Command.name).joined(separator: " ")
      let help = state.catalogue.text("command.\(command.id.rawValue)")
      if columns == 1 {
        lines += entry(keys, Wrap.lines(help, columns: width - 15))
        continue
      }
      lines[index % perColumn] += [
        (TextWidth.fit(keys, 12), column, Style(.cyan)),
        (TextWidth.fit(help, width - 15), column + 13, .plain),
      ]
    }
    lines.append([])
    let marks = FieldStatus.allCases.map {
      // A blank that does not break keeps a mark with its words.
      (FieldText.mark($0) + " " + state.catalogue.text("state.\($0.rawValue)"))
        .replacing(" ", with: "\u{A0}")
    }
    let legend = [
      marks.joined(separator: "  "), state.catalogue.text("help.transcript"),
      state.catalogue.text("help.alternatives"), state.catalogue.text("help.functionKeys"),
    ]
    for text in legend {
      lines += Wrap.lines(text, columns: size.columns - 2).map {
        [($0.replacing("\u{A0}", with: " "), 1, .plain)]
      }
    }
    return lines
  }
}
