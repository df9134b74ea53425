using Xunit;

namespace BcnnSim.Tests.Harness;

/// <summary>
/// Text a change must not move by accident. To change one on purpose: BCNNSIM_UPDATE_GOLDEN=1 dotnet test, look at the difference, and say in the commit
/// why it moved.
/// </summary>
internal static class GoldenFile
{
    public static void Check(string name, string actual)
    {
        string path = Repository.File("tests", "Golden", name);
        if (Environment.GetEnvironmentVariable("BCNNSIM_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"golden file {name} is missing");
        string[] expected = File.ReadAllText(path).Split('\n');
        string[] lines = actual.Split('\n');
        for (int i = 0; i < Math.Max(expected.Length, lines.Length); i++)
        {
            string want = i < expected.Length ? expected[i] : "(end)";
            string got = i < lines.Length ? lines[i] : "(end)";
            Assert.True(want == got, $"{name} line {i + 1}: expected '{want}', got '{got}'");
        }
    }
}
