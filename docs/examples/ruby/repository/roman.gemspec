Gem::Specification.new do |spec|
  spec.name = "roman"
  spec.version = "0.1.0"
  spec.summary = "Roman numerals"
  spec.authors = ["Example"]
  spec.files = Dir["lib/**/*.rb"]
  spec.required_ruby_version = ">= 3.0"
end
