# Roman numerals.
module Roman
  SIGNS = {
    1000 => "M",
    500 => "D",
    100 => "C",
    50 => "L",
    10 => "X",
    5 => "V",
    1 => "I"
  }.freeze

  # The numeral of a whole number from 1 to 3999.
  def self.of(number)
    SIGNS.reduce("") do |numeral, (value, sign)|
      count, number = number.divmod(value)
      numeral + sign * count
    end
  end
end
