using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Kernels;
foreach (bool t in new[]{false,true})
foreach (var s in new GemmSize[]{new(1024,64,288),new(512,192,1152),new(1024,64,150),new(1024,16,150),new(288,64,1024),new(1152,192,512),new(256,24,216)})
  Console.WriteLine($"{t} {s} {GemmBench.GigaFlops(s,t,0.3):F1}");
return 0;
