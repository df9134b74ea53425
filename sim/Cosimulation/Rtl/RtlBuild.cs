namespace BcnnSim.Cosimulation.Rtl;

/// <summary>How a Verilated library is made: SystemVerilog to C++ to one shared object.</summary>
public sealed class RtlBuild
{
    // Registers start from random bits, so a beat that is shown before it was written is a difference, not a lucky zero.
    private static readonly string[] VerilatorOptions =
    [
        "--cc", "-O3", "--x-assign", "unique", "--x-initial", "unique", "--assert", "-DBCNN_ASSERTIONS",
        "--output-split", "4000", "-Wall", "-Wno-UNUSED", "-Wno-CMPCONST", "--Mdir", "cpp", "--top-module", RtlTop.Module, "-y", ".",
    ];

    // Assertions report through our own hooks (lockstep.cpp) instead of ending the process.
    private static readonly string[] CompilerOptions =
    [
        "-pthread", "-std=gnu++17", "-fPIC", "-w", "-DVL_USER_STOP", "-DVL_USER_FATAL", "-DVL_USER_FINISH",
    ];

    private readonly string include;

    private RtlBuild(string identity, string include)
    {
        Identity = identity;
        this.include = include;
    }

    /// <summary>Tool versions and flags: with the sources, all that decides what comes out.</summary>
    public string Identity { get; }

    public static RtlBuild Detect()
    {
        string verilator = Tool.Verilator.Version("--version");
        string compiler = Tool.Compiler.Version("--version");
        string root = Tool.Verilator.Run("", ["--getenv", "VERILATOR_ROOT"]).Trim();
        string identity = string.Join('\n', [verilator, compiler, .. VerilatorOptions, .. CompilerOptions]);
        return new RtlBuild(identity, Path.Combine(root, "include"));
    }

    /// <summary>Compiles the part of Verilator that is the same for every library.</summary>
    public void CompileRuntime(string folder, string output, CancellationToken cancellation)
    {
        const string Unit = "runtime.cpp";
        File.WriteAllText(Path.Combine(folder, Unit), "#include \"verilated.cpp\"\n#include \"verilated_threads.cpp\"\n");
        Compile(folder, Unit, output, "-O2", cancellation);
    }

    /// <summary>Turns the sources in <paramref name="folder"/> into a library there.</summary>
    public void CompileLibrary(string folder, string runtime, string output, CancellationToken cancellation)
    {
        Tool.Verilator.Run(folder, [.. VerilatorOptions, RtlTop.Module + ".sv"], cancellation);
        List<(string Source, string Level)> units = [("lockstep.cpp", "-O1"), .. JoinUnits(folder)];
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(units, options, unit => Compile(folder, unit.Source, Path.ChangeExtension(unit.Source, ".o"), unit.Level, cancellation));
        string[] objects = [.. units.Select(u => Path.ChangeExtension(u.Source, ".o"))];
        Tool.Compiler.Run(folder, ["-shared", "-Wl,--no-undefined", "-o", output, .. objects, runtime, "-pthread"], cancellation);
    }

    /// <summary>
    /// Joins Verilator's many files into one unit per processor, since each would parse the same headers again: half the build.
    /// What runs once, at reset, is a unit of its own and not worth optimising.
    /// </summary>
    private static IEnumerable<(string Source, string Level)> JoinUnits(string folder)
    {
        FileInfo[] files = [.. new DirectoryInfo(Path.Combine(folder, "cpp")).GetFiles("*.cpp").OrderByDescending(f => f.Length).ThenBy(f => f.Name, StringComparer.Ordinal)];
        IEnumerable<IGrouping<int, FileInfo>> fast = files.Where(f => !IsSlow(f)).Select((f, i) => (f, i)).GroupBy(x => x.i % Environment.ProcessorCount, x => x.f);
        foreach (IGrouping<int, FileInfo> unit in fast)
        {
            yield return (Join(folder, $"fast{unit.Key}.cpp", unit), "-O1");
        }

        yield return (Join(folder, "slow.cpp", files.Where(IsSlow)), "-O0");
    }

    private static bool IsSlow(FileInfo file) => file.Name.Contains("__Slow", StringComparison.Ordinal);

    private static string Join(string folder, string unit, IEnumerable<FileInfo> files)
    {
        File.WriteAllLines(Path.Combine(folder, unit), files.Select(f => $"#include \"{f.Name}\""));
        return unit;
    }

    private void Compile(string folder, string source, string output, string level, CancellationToken cancellation) =>
        Tool.Compiler.Run(
            folder,
            [.. CompilerOptions, level, "-I", ".", "-I", "cpp", "-I", include, "-I", Path.Combine(include, "vltstd"), "-c", source, "-o", output],
            cancellation);
}
