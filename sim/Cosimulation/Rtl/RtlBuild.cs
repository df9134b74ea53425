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
        string[] sources = [Path.Combine(folder, "lockstep.cpp"), .. Directory.GetFiles(Path.Combine(folder, "cpp"), "*.cpp")];
        string[] objects = [.. sources.Select(s => Path.ChangeExtension(s, ".o"))];
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, sources.Length, options, s =>
        {
            // Code that runs once, at reset, is not worth optimising.
            string level = sources[s].Contains("__Slow", StringComparison.Ordinal) ? "-O0" : "-O1";
            Compile(folder, sources[s], objects[s], level, cancellation);
        });
        Tool.Compiler.Run(folder, ["-shared", "-Wl,--no-undefined", "-o", output, .. objects, runtime, "-pthread"], cancellation);
    }

    private void Compile(string folder, string source, string output, string level, CancellationToken cancellation) =>
        Tool.Compiler.Run(
            folder,
            [.. CompilerOptions, level, "-I", ".", "-I", "cpp", "-I", include, "-I", Path.Combine(include, "vltstd"), "-c", source, "-o", output],
            cancellation);
}
