import Testing

@testable import Scenarios

struct FilePathTests {
  @Test(arguments: [
    ("", "a.csv", "a.csv"), ("a/b", "../c.csv", "a/c.csv"), ("a", "../../c", "../c"),
    ("..", "../c", "../../c"), ("/a", "../../c", "/c"), ("a/./b", "./c//d", "a/b/c/d"),
  ])
  func `paths are joined as text`(folder: String, path: String, joined: String) {
    #expect(FilePath.joined(folder, path) == joined)
  }

  @Test func `a path has a folder and a stem`() {
    #expect(FilePath.folder(of: "a/b/c.json5") == "a/b")
    #expect(FilePath.folder(of: "/c") == "/" && FilePath.folder(of: "c") == "")
    #expect(FilePath.stem(of: "a/b.c.json5") == "b.c" && FilePath.stem(of: ".hidden") == ".hidden")
  }
}
