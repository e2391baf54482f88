import Kernel
import Testing

@testable import Economy

struct SubnetRulesTests {
  @Test(arguments: VectorFile.rows("bittensor_block_emission"))
  func `a block issues what the threshold rule says`(row: VectorFile.Row) {
    let rule = SubnetIssuance(cap: 21_000_000_000_000_000, perBlock: 1_000_000_000)
    #expect(rule.emission(issued: row.integer("issuance_rao")) == row.integer("block_emission_rao"))
  }

  @Test func `an epoch issues at its first rate, and stops at the cap`() {
    let rule = SubnetIssuance(cap: 1_000, perBlock: 8)
    #expect(rule.emission(issued: 0, blocks: 10) == 80)
    #expect(rule.emission(issued: 500, blocks: 2.5) == 10)
    #expect(rule.emission(issued: 990, blocks: 1_000) == 0)
    #expect(SubnetIssuance(cap: 10, perBlock: 8).emission(issued: 0, blocks: 9) == 10)
  }

  @Test func `the price of a place moves as the protocol's own test says`() {
    let rows = VectorFile.rows("bittensor_registration_burn")
    #expect(rows.count == 7)
    for row in rows {
      let isClamped = row["case"].hasSuffix("*")
      let rule = RegistrationPrice(
        multiplier: row.number("multiplier"), halfLife: row.number("half_life_blocks"),
        lowest: isClamped ? 100_000 : 0, highest: isClamped ? 150_000 : Int64(4e18))
      let start = row.integer("start_price")
      let price =
        row["event"] == "register"
        ? rule.afterRegistration(from: start)
        : rule.after(blocks: Int(row["event"].prefix(1)) ?? 0, from: start)
      #expect(price == row.integer("expected_price"), "\(row)")
    }
  }

  /// Bittensor, protocol facts §2.5: 0.1 TAO, 1.26 times that after a registration, half of it 360
  /// blocks later, and 0.0005 to 100 TAO.
  @Test func `without more a place costs what one costs on Bittensor`() throws {
    let terms = try read("{}") { RegistrationPrice.Terms(reading: &$0) }
    let rule = terms.rule(scale: 1e9)
    let opening = Int64(terms.opening * 1e9)
    #expect(opening == 100_000_000 && rule.lowest == 500_000 && rule.highest == 100_000_000_000)
    #expect(rule.afterRegistration(from: opening) == 126_000_000)
    // Each of 360 blocks rounds down by less than a rao.
    #expect((0...360).contains(50_000_000 - rule.after(blocks: 360, from: opening)))
    // 2^7.65 = 200: within 2,754 blocks the floor is reached.
    #expect(rule.after(blocks: 2_760, from: opening) == 500_000)
    let dearest = (0..<40).reduce(opening) { price, _ in rule.afterRegistration(from: price) }
    #expect(dearest == 100_000_000_000)
  }

  @Test func `places of an epoch are registered evenly over its blocks`() {
    let rule = RegistrationPrice(multiplier: 2, halfLife: 1, lowest: 1, highest: 1_000_000)
    // 64, doubled and halved five times between two registrations; then once more.
    let (cost, left) = rule.charge(for: 2, over: 10, from: 64)
    #expect(cost == 64 + 4)
    #expect(left == 1)
    #expect(rule.charge(for: 0, over: 3, from: 64) == (0, 8))
    #expect(rule.charge(for: 3, over: 0, from: 64) == (64 + 128 + 256, 512))
  }

  @Test func `the price average starts slowly, as the protocol's own test says`() {
    let rows = VectorFile.rows("bittensor_price_ema")
    #expect(rows.count == 3)
    for row in rows {
      let rule = PriceAverage(base: row.number("base_alpha"), half: 201_600)
      var average = 0.0
      for _ in 0..<Int(row.integer("updates")) {
        average = rule.after(
          average, price: 1, blocks: row.number("blocks_since_first_emission"))
      }
      #expect((average - row.number("expected_ema")).magnitude < row.number("tolerance"), "\(row)")
    }
  }

  @Test func `the average of an epoch is that of its blocks`() {
    let rule = PriceAverage(base: 0.000_003, half: 201_600)
    var average = 0.01
    for block in 1...7_200 {
      average = rule.after(average, price: 0.05, blocks: Double(block + 72_000))
    }
    let once = rule.after(0.01, price: 0.05, blocks: 79_200, count: 7_200)
    // The middle errs by n^3 / 24 times the weight's second derivative, base 2 h / (b + h)^3: by
    // 8.8e-7, of a distance of 0.04.
    #expect((once - average).magnitude < 4e-8)
    #expect(average > 0.01 + 1e-4)
    #expect(rule.after(0, price: 7, blocks: 1e12, count: 1e9) <= 1)
  }

  @Test func `the coinbase injects what the protocol's own test says`() {
    let rows = VectorFile.rows("bittensor_coinbase_injection")
    #expect(rows.count == 4)
    for name in ["equal", "one_to_two"] {
      let subnets = rows.filter { $0["case"] == name }
      let prices = subnets.map { Double($0["moving_price"]) ?? 1 }
      let parts = prices.map { $0 / prices.reduce(0, +) }
      for (row, part) in zip(subnets, parts) {
        let pool = SubnetPool(
          tokens: row.integer("pool_tao_before"), alpha: row.integer("pool_alpha_before"), fee: 0,
          isWeighted: false)
        // Upstream shares out in fixed point, rounding down.
        let share = Int64((1e6 * part).rounded(.down))
        let injection = Injection(of: share, price: pool.price, most: .max)
        #expect(injection.tokens == row.integer("expected_tao_in"), "\(row)")
        #expect(injection.alpha == row.integer("expected_alpha_in"), "\(row)")
        #expect(injection.excess == 0)
      }
    }
  }

  @Test func `what the cap on alpha leaves buys`() {
    let injection = Injection(of: 1_000, price: 0.3, most: 1_001)
    #expect(injection == Injection(of: 1_000, price: 0.3, most: 1_001))
    #expect(injection.alpha == 1_001)
    // 1,001 x 0.3 = 300.3, rounded up.
    #expect(injection.tokens == 301)
    #expect(injection.excess == 699)
  }

  @Test func `the root proportion falls as alpha is issued`() {
    #expect(RootProportion.of(stake: 100, weight: 0.18, alpha: 0) == 1)
    #expect(RootProportion.of(stake: 100, weight: 0.18, alpha: 18) == 0.5)
    #expect(RootProportion.of(stake: 0, weight: 0.18, alpha: 0) == 0)
  }
}

struct SubnetPoolTests {
  @Test func `equal weights are the constant product`() {
    var pool = SubnetPool(tokens: 1_000_000, alpha: 4_000_000, fee: 0, isWeighted: false)
    #expect(pool.price == 0.25)
    // 1,000,000 x 1,000,000 / 5,000,000.
    #expect(pool.sell(alpha: 1_000_000) == 200_000)
    #expect(pool.buy(tokens: 200_000) == 1_000_000)
    #expect((pool.tokens, pool.alpha) == (1_000_000, 4_000_000))
  }

  @Test func `the fee stays in the pool`() {
    var pool = SubnetPool(tokens: 1_000_000, alpha: 1_000_000, fee: 0.01, isWeighted: false)
    // 1 % of 100,000 does not trade: 1e6 x 99,000 / 1,099,000, rounded down.
    #expect(pool.buy(tokens: 100_000) == 90_081)
    #expect(pool.tokens == 1_100_000)
  }

  @Test func `a weighted pool trades by powers of its weights`() {
    var pool = SubnetPool(
      tokens: 1_000_000_000, alpha: 2_000_000_000, fee: 0, isWeighted: true)
    pool.inject(tokens: 0, alpha: 2_000_000_000)
    // Twice the alpha at the same price of 1/2: w1 / w2 = 0.5 x 4 / 1 = 2.
    #expect((pool.weight - 2.0 / 3).magnitude < 1e-15)
    #expect((pool.price - 0.5).magnitude < 1e-15)
    // y (1 - (x / (x + x))^2) = 3/4 of the tokens.
    var seller = pool
    #expect((seller.sell(alpha: 4_000_000_000) - 750_000_000).magnitude <= 1)
    // x (1 - (y / (y + 3 y))^(1/2)) = half of the alpha.
    #expect((pool.buy(tokens: 3_000_000_000) - 2_000_000_000).magnitude <= 1)
  }

  @Test func `one-sided injections stop at the bounds of the weights`() {
    var pool = SubnetPool(tokens: 1_000, alpha: 1_000, fee: 0, isWeighted: true)
    // w1 = 1 / (1 + y'/x) = 0.1 at y' = 9 x.
    #expect(pool.room == 8_000)
    pool.inject(tokens: 8_000, alpha: 0)
    #expect((pool.weight - 0.1).magnitude < 1e-15)
    #expect((pool.price - 1).magnitude < 1e-14)
    #expect(pool.room == 0)
    #expect(SubnetPool(tokens: 9, alpha: 9, fee: 0, isWeighted: false).room == 0)
  }

  @Test(arguments: [false, true])
  func `no order of trades takes anything from a pool`(isWeighted: Bool) {
    var stream = testStream(isWeighted ? 1 : 2)
    for _ in 0..<40 {
      func draw(_ most: Double) -> Int64 { Int64(Elementary.exp(stream.uniform() * most)) }
      var pool = SubnetPool(
        tokens: draw(38) + 1, alpha: draw(38) + 1, fee: 0, isWeighted: isWeighted)
      if isWeighted { pool.inject(tokens: min(pool.room, draw(38)), alpha: 0) }
      for _ in 0..<25 {
        let before = pool
        let amount = draw(36)
        if stream.uniform() < 0.5 {
          let out = pool.sell(alpha: amount)
          #expect(out >= 0 && pool.tokens >= 1)
        } else {
          let out = pool.buy(tokens: amount)
          #expect(out >= 0 && pool.alpha >= 1)
        }
        if isWeighted {
          // Logarithms near 40 are exact to some 1e-14.
          #expect(pool.logInvariant >= before.logInvariant - 1e-13)
        } else {
          let product = Int128(pool.tokens) * Int128(pool.alpha)
          #expect(product >= Int128(before.tokens) * Int128(before.alpha))
        }
      }
    }
  }
}
