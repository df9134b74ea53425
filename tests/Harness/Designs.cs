using BcnnSim.Design;

namespace BcnnSim.Tests.Harness;

/// <summary>Designs for tests: the committed reference, and variations by override.</summary>
public static class Designs
{
    public static string Root { get; } = FindRoot();

    public static string ReferenceFile { get; } = Path.Combine(Root, "models", "designs", "u280-reference.json");

    public static AcceleratorDesign Reference(params string[] overrides) => DesignFile.Read(ReferenceFile, overrides);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Simulator.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("the tests run inside the repository");
    }
}
