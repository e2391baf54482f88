/// Monthly history that the spiral grade is anchored to, each month held for all of its days.
///
/// Source: github.com/1kx-network/depin_tokenomics, commit ff2e881 (2025-03-17),
/// `pocket/csvs/pocket_rewards_data.csv` and `helium/csvs/helium_rewards_data.csv`.
struct MonthlyHistory {
  struct Day {
    let price: Double
    let margin: Double
    let nodes: Double
  }

  /// Month, nodes, price [USD], rewards of all nodes [USD].
  let rows: String
  /// Pay at which the number of nodes neither grows nor shrinks [USD per node-month].
  let breakEven: Double

  /// Every day from the first of the first month to the last of the last.
  var days: [Day] {
    rows.split(separator: "\n").flatMap { row in
      let words = row.split(separator: " ")
      let figures = words.dropFirst().compactMap { Double($0) }
      let day = Day(
        price: figures[1], margin: figures[2] / figures[0] - breakEven, nodes: figures[0])
      return Array(repeating: day, count: Self.length(ofMonth: words[0]))
    }
  }

  /// Number of the first day of a month, such as "2023-06", counted from the first row's.
  func day(of month: String) -> Int {
    let earlier = rows.split(separator: "\n").map { $0.prefix(7) }.prefix { $0 != month }
    return earlier.reduce(0) { $0 + Self.length(ofMonth: $1) }
  }

  private static func length(ofMonth month: Substring) -> Int {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let parts = month.split(separator: "-").compactMap { Int($0) }
    let isLeapFebruary = parts[1] == 2 && parts[0] % 4 == 0
    return isLeapFebruary ? 29 : lengths[parts[1] - 1]
  }
}

extension MonthlyHistory {
  /// Service nodes of Pocket Network; break-even fitted to 36 months of the same series.
  static let pocket = MonthlyHistory(
    rows: """
      2020-07 71 0.2 0.52
      2020-08 153 0.2 14281
      2020-09 258 0.2 49586
      2020-10 442 0.2 308823
      2020-11 608 0.2 308454
      2020-12 586 0.2 130954
      2021-01 1232 0.2 220757
      2021-02 2185 0.2 184395
      2021-03 2992 0.2 233882
      2021-04 3374 0.2 216384
      2021-05 4920 0.2 217364
      2021-06 5121 0.2 196238
      2021-07 3343 0.2 351598
      2021-08 4571 0.4 1922340
      2021-09 6342 0.4 2697643
      2021-10 8315 0.4 5713164
      2021-11 13452 0.4 10520938
      2021-12 18103 0.4 17031456
      2022-01 25386 1.85 137767159
      2022-02 33245 1.16 71729260
      2022-03 40073 0.79 63455070
      2022-04 44706 0.79 64053724
      2022-05 46791 0.3 18945947
      2022-06 41472 0.14 6151788
      2022-07 35747 0.09 3498358
      2022-08 28084 0.1 2951337
      2022-09 27615 0.11 2586448
      2022-10 26636 0.07 2046181
      2022-11 25505 0.06 1228349
      2022-12 23466 0.07 1468657
      2023-01 22826 0.06 926398
      2023-02 21546 0.07 1096924
      2023-03 21115 0.05 979320
      2023-04 21238 0.04 649995
      2023-05 21342 0.04 589325
      2023-06 21030 0.03 413701
      2023-07 19487 0.03 276524
      2023-08 18506 0.03 159840
      2023-09 18021 0.03 134574
      2023-10 17170 0.03 141583
      2023-11 17014 0.05 228444
      2023-12 16053 0.12 670525
      2024-01 16354 0.22 1039813
      2024-02 15418 0.24 1206998
      2024-03 15093 0.2 1057200
      2024-04 14793 0.2 977764
      2024-05 14300 0.14 769171
      2024-06 14100 0.1 468832
      2024-07 13900 0.05 231009
      2024-08 13827 0.04 122658
      2024-09 13418 0.04 103439
      2024-10 12883 0.04 155830
      2024-11 12558 0.05 703027
      2024-12 12386 0.05 992546
      2025-01 11235 0.03 297001
      """, breakEven: 79)

  /// Hotspots of Helium, ever onboarded: exits are hidden, so price and margin are all it tells.
  /// Ends with the last month whose count is given; break-even fitted to the same series.
  static let helium = MonthlyHistory(
    rows: """
      2019-08 100 0.1 66311
      2019-09 234 0.1 206910
      2019-10 455 0.1 174613
      2019-11 1264 0.1 115300
      2019-12 1906 0.1 221213
      2020-01 2695 0.1 183140
      2020-02 3010 0.1 235039
      2020-03 3123 0.1 274946
      2020-04 3195 0.17 443375
      2020-05 3307 0.24 626960
      2020-06 4124 0.38 894997
      2020-07 4362 0.43 1189770
      2020-08 6119 1.26 2861303
      2020-09 8469 1.55 4698135
      2020-10 10150 1.18 3302876
      2020-11 12490 1.27 3353678
      2020-12 14031 1.36 3822692
      2021-01 15871 1.71 4856361
      2021-02 18203 3.75 9798561
      2021-03 22236 7.87 21108479
      2021-04 27215 15.65 41202892
      2021-05 38457 15.54 39735437
      2021-06 59900 13.17 29496653
      2021-07 89178 11.93 33536358
      2021-08 128180 19.53 27544804
      2021-09 179658 19.38 27303397
      2021-10 239475 22.26 33780430
      2021-11 320761 41.32 56541193
      2021-12 409487 34.34 47959801
      2022-01 492402 31.22 48264427
      2022-02 574045 26.1 35363898
      2022-03 649737 23.08 40544535
      2022-04 732674 19.24 28001361
      2022-05 808585 9.89 14197462
      2022-06 858964 10.24 14940530
      2022-07 895536 9.17 12413092
      2022-08 926198 7.23 11558643
      2022-09 949286 4.67 6778237
      2022-10 963545 4.47 6863597
      2022-11 973823 2.82 4247082
      2022-12 979295 1.88 2951492
      2023-01 983102 2.57 3944332
      2023-02 986337 2.71 3912219
      2023-03 988901 1.69 2371672
      2023-04 990615 1.64 2430247
      """, breakEven: 10)
}
