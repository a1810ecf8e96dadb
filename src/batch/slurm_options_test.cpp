#include "batch/slurm_options.h"

#include <gtest/gtest.h>

namespace matside::batch {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  const auto options = slurm_options(text);
  return options ? options.value().words
                 : std::vector<std::string>{"error: " + options.error().message};
}

std::string error_of(const std::string& text) {
  const auto options = slurm_options(text);
  return options ? "" : options.error().message;
}

using Words = std::vector<std::string>;

TEST(SlurmOptions, AreSplitAsAShellSplitsThem) {
  EXPECT_EQ(words_of(""), Words());
  EXPECT_EQ(words_of("--partition=long  --time=4:00:00"),
            (Words{"--partition=long", "--time=4:00:00"}));
  EXPECT_EQ(words_of("-p long\t-t 10\n"), (Words{"-p", "long", "-t", "10"}));
  EXPECT_EQ(words_of("--comment='two words' --account=\"a \\\"b\\\" \\c\""),
            (Words{"--comment=two words", "--account=a \"b\" \\c"}));
  EXPECT_EQ(words_of("--comment=a\\ b''c"), (Words{"--comment=a bc"}));
}

TEST(SlurmOptions, ReplaceNothingAndRunNothing) {
  EXPECT_EQ(words_of("--comment=$(id) --account=`id` -p $HOME -q *"),
            (Words{"--comment=$(id)", "--account=`id`", "-p", "$HOME", "-q", "*"}));
}

TEST(SlurmOptions, WithAQuoteThatIsNotClosedAreRefused) {
  EXPECT_EQ(error_of("--comment='a"), "a quote (') isn't closed");
  EXPECT_EQ(error_of("--comment=\"a"), "a quote (\") isn't closed");
  EXPECT_EQ(error_of("-p a\\"), "nothing follows the last backslash");
}

TEST(SlurmOptions, ThatTheBatchSetsItselfAreRefusedWithTheReason) {
  EXPECT_EQ(error_of("-p a --array=0-3"),
            "--array can't be given: use --slurm-tasks for the number of tasks");
  for (const char* text : {"--arr=1", "-a1", "-a 1", "-Ha1", "-vvJname", "--output x", "-o x",
                           "--wrap=id", "-W", "--wait", "--no-requeue", "-n2", "--nodes=2",
                           "-N 1", "-D /", "--parsable", "-Q", "-V", "-h"}) {
    EXPECT_TRUE(error_of(text).find(" can't be given: ") != std::string::npos)
        << text << error_of(text);
  }
  EXPECT_EQ(error_of("--nodelist=n1 --time-min=3 --wckey=a --nice --exclusive -x n2 -s -k"),
            "");
}

TEST(SlurmOptions, AreNeverAScriptOfAnother) {
  EXPECT_EQ(error_of("-p long; rm -rf /"),
            "\"rm\" is neither an option of sbatch nor the value of one");
  for (const char* text : {"job.sh", "-p long job.sh", "--exclusive job.sh", "-H job.sh", "--",
                           "-", ":", "--time=1 : -p a"}) {
    EXPECT_TRUE(error_of(text).find("is neither an option of sbatch") != std::string::npos)
        << text;
  }
  EXPECT_EQ(error_of("-t"), "\"-t\" needs a value");
  EXPECT_EQ(error_of("--partition"), "\"--partition\" needs a value");
}

TEST(SlurmOptions, NameTheClustersForTheOtherCommands) {
  EXPECT_EQ(slurm_options("-p a").value().clusters, "");
  for (const char* text :
       {"-M big", "-Mbig", "-HMbig", "--clusters=big", "--clusters big", "--cluster=big"}) {
    EXPECT_EQ(slurm_options(text).value().clusters, "big") << text;
  }
}

TEST(ShellQuoted, IsOneWordForAShell) {
  EXPECT_EQ(shell_quoted("plain"), "'plain'");
  EXPECT_EQ(shell_quoted("it's $HOME\n"), "'it'\\''s $HOME\n'");
}

}  // namespace
}  // namespace matside::batch
