using System.Runtime.InteropServices;

namespace BcnnSim.Cosimulation.Rtl;

/// <summary>A loaded library of Verilated designs behind its narrow C interface (tools/rtl/cosim/lockstep.cpp).</summary>
public sealed unsafe class RtlBench : IDisposable
{
    private readonly nint library;
    private readonly delegate* unmanaged[Cdecl]<void*, void> settle;
    private readonly delegate* unmanaged[Cdecl]<void*, void> clock;
    private readonly delegate* unmanaged[Cdecl]<void*, byte*> failure;
    private void* handle;

    public RtlBench(string path)
    {
        library = NativeLibrary.Load(path);
        settle = (delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(library, "bcnn_settle");
        clock = (delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(library, "bcnn_clock");
        failure = (delegate* unmanaged[Cdecl]<void*, byte*>)NativeLibrary.GetExport(library, "bcnn_failure");
        var open = (delegate* unmanaged[Cdecl]<void*>)NativeLibrary.GetExport(library, "bcnn_open");
        var reset = (delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(library, "bcnn_reset");
        handle = open();
        reset(handle);
    }

    /// <summary>Input words of a design, in the model's own memory: fetched once, valid until disposal.</summary>
    public uint* Inputs(int design) =>
        ((delegate* unmanaged[Cdecl]<void*, int, uint*>)NativeLibrary.GetExport(library, "bcnn_inputs"))(handle, design);

    /// <summary>Output words of a design, valid after <see cref="Settle"/>.</summary>
    public uint* Outputs(int design) =>
        ((delegate* unmanaged[Cdecl]<void*, int, uint*>)NativeLibrary.GetExport(library, "bcnn_outputs"))(handle, design);

    /// <summary>Clock low: combinational outputs follow the inputs.</summary>
    public void Settle() => settle(handle);

    /// <summary>One rising edge.</summary>
    public void Clock() => clock(handle);

    /// <summary>Place of the first failed assertion, or null.</summary>
    public string? Failure() => Marshal.PtrToStringUTF8((nint)failure(handle));

    public void Dispose()
    {
        if (handle is not null)
        {
            ((delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(library, "bcnn_close"))(handle);
            handle = null;
            NativeLibrary.Free(library);
        }
    }
}
